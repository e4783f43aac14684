package dev.serin.server.words;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Outcome;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Rollout;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a rollout stands, in a word, in a few words, and in a sentence.
public final class RolloutWords {

    private RolloutWords() {}

    public static Tone tone(Phase phase) {
        return switch (phase) {
            case Phase.Waiting _ -> Tone.QUIET;
            case Phase.Observing _ -> Tone.MOVING;
            case Phase.AwaitingApproval _ -> Tone.WAITING;
            case Phase.Paused _ -> Tone.PAUSED;
            case Phase.Complete _ -> Tone.MET;
            case Phase.RolledBack _ -> Tone.BREACHED;
        };
    }

    public static String state(Phase phase) {
        return switch (phase) {
            case Phase.Waiting _ -> "Not begun";
            case Phase.Observing _ -> "Observing";
            case Phase.AwaitingApproval _ -> "Gate open";
            case Phase.Paused paused -> paused.asked().isEmpty() ? "Paused" : "Unsure";
            case Phase.Complete _ -> "Promoted";
            case Phase.RolledBack _ -> "Rolled back";
        };
    }

    /// For the browser's tab, the state first: `Waiting: support-chat at 50 %`.
    public static String title(Story story) {
        var route = story.plan().route();
        var share = share(story);
        return switch (story.rollout().phase()) {
            case Phase.Waiting _ -> "Not begun: " + route;
            case Phase.Observing _ -> "Observing: %s at %s".formatted(route, share);
            case Phase.AwaitingApproval _ -> "Waiting: %s at %s".formatted(route, share);
            case Phase.Paused _ -> "Paused: %s at %s".formatted(route, share);
            case Phase.Complete _ -> "Promoted: " + route;
            case Phase.RolledBack _ -> "Rolled back: " + route;
        };
    }

    /// The page's answer: is it good, and why is it not moving.
    public static String sentence(Story story) {
        return switch (story.rollout().phase()) {
            case Phase.Waiting _ -> waiting(story);
            case Phase.Observing at -> observing(story, at) + noRise(story, at);
            case Phase.AwaitingApproval gate -> atGate(story, gate);
            case Phase.Paused paused -> full(whyPaused(story, paused)) + noRise(story);
            case Phase.Complete(_, var outcome) -> full(outcome.reason());
            case Phase.RolledBack(_, _, var outcome) -> full(outcome.reason());
        };
    }

    /// What it is doing, for a line of a table: `61 of about 93 labels`, `rolled back: p95 7.3 s`.
    public static String now(Story story) {
        var frozen = story.frozen();
        return switch (story.rollout().phase()) {
            case Phase.Waiting _ -> frozen == null ? "is about to begin" : frozen.sentence();
            case Phase.Observing at ->
                    isHeld(story, at) && frozen != null ? frozen.sentence() : doing(story, at);
            case Phase.AwaitingApproval gate ->
                    frozen == null
                            ? "waits for approval to go to "
                                    + shareAfter(story.plan(), gate.at().step())
                            : frozen.sentence();
            case Phase.Paused paused -> paused(story, paused);
            case Phase.Complete _ -> "promoted";
            case Phase.RolledBack _ -> "rolled back: " + endedBecause(story);
        };
    }

    /// Why a rollout was rolled back, in a few words: `p95 latency 7.3 s`.
    public static String endedBecause(Story story) {
        var outcome = story.rollout().outcome();
        if (outcome.isEmpty()) {
            return "";
        }
        return switch (outcome.get().kind()) {
            case PROMOTED -> "promoted";
            case BREACHED -> breach(story);
            case EXPOSURE -> "its exposure cap";
            case ROLLED_BACK_BY_HAND -> "by " + by(story);
            case REJECTED ->
                    by(story).equals(Rollout.SERIN)
                            ? "nobody approved in time"
                            : "rejected by " + by(story);
        };
    }

    /// The share that a step's end leads to: `25 %`.
    public static String shareAfter(Plan plan, int step) {
        return Numbers.share(plan.shareAfter(step).fraction());
    }

    public static String share(Story story) {
        return Numbers.share(story.rollout().share().fraction());
    }

    /// How many conditions there are to be met: `all 4 conditions are met`; where all rest, none is.
    public static String allMet(List<Finding> findings) {
        long judged = findings.stream().filter(RolloutWords::isJudged).count();
        if (judged == 0) {
            return "nothing is judged in this step";
        }
        return judged == 1
                ? "its one condition is met"
                : judged == 2
                        ? "both conditions are met"
                        : "all %d conditions are met".formatted(judged);
    }

    static String full(String sentence) {
        if (sentence.isBlank()) {
            return "Nobody said why.";
        }
        int first = sentence.codePointAt(0);
        var rest = sentence.substring(Character.charCount(first));
        // A metric's or a model's name begins as it is written.
        var word = sentence.split("[ :,]", 2)[0];
        boolean isName = word.contains("_") || word.contains("/") || word.matches(".*\\d.*");
        var text = isName ? sentence : Character.toString(Character.toUpperCase(first)) + rest;
        return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
    }

    private static boolean isJudged(Finding finding) {
        return finding.condition().decides() && !(finding instanceof Finding.Resting);
    }

    private static String observing(Story story, Phase.Observing at) {
        var judged = story.judged();
        var plan = story.plan();
        var step = plan.step(at.step());
        var silence = silence(judged);
        if (!step.reachesCandidate()) {
            var alone = "The baseline is measured alone first%s.".formatted(left(story, at));
            return silence.map(why -> alone + " " + full(why)).orElse(alone);
        }
        if (silence.isPresent()) {
            return "%s %s".formatted(meets(story, step), full(silence.get()));
        }
        var open = judged.current().stream().filter(RolloutWords::keepsOpen).findFirst();
        var block = judged.blocks().stream().findFirst();
        if (open.isPresent()) {
            return "%s Waiting for evidence on %s."
                    .formatted(meets(story, step), FindingWords.shortly(open.get()));
        }
        if (block.isPresent()) {
            return full(block.get().why());
        }
        var next =
                plan.isLast(at.step())
                        ? "is complete"
                        : step.gate() != null
                                ? "asks for approval"
                                : "goes to " + shareAfter(plan, at.step());
        var frozen = story.frozen();
        var met = full(allMet(judged.current()));
        return isHeld(story, at) && frozen != null
                ? "%s It %s.".formatted(met, frozen.sentence())
                : "%s It %s%s.".formatted(met, next, inTime(story, at));
    }

    /// Which calls reach the candidate in this step.
    private static String meets(Story story, Step step) {
        return step.isShadow()
                ? "Copies of %s of the calls go to the candidate, whose answers nobody gets."
                        .formatted(Numbers.share(step.mirror().fraction()))
                : "%s of the calls go to the candidate.".formatted(share(story));
    }

    /// Why no evidence comes. It stands before what the evidence leaves open, which waits for it.
    private static Optional<String> silence(Judgement judged) {
        return judged.blocks().stream()
                .filter(block -> block.name().equals(Judgement.SOURCE))
                .map(Judgement.Block::why)
                .findFirst();
    }

    private static String waiting(Story story) {
        var frozen = story.frozen();
        var share = Numbers.share(story.plan().step(0).share().fraction());
        return frozen == null
                ? "It begins with %s in a moment.".formatted(share)
                : "It %s. Then it begins with %s.".formatted(frozen.sentence(), share);
    }

    /// Whether all is met that the step asks for, and only a freeze keeps it there.
    private static boolean isHeld(Story story, Phase.Observing at) {
        var frozen = story.frozen();
        return frozen != null
                && story.plan().step(at.step()).reachesCandidate()
                && story.judged().current().stream().noneMatch(RolloutWords::keepsOpen)
                && story.judged().blocks().isEmpty()
                && !story.now().plus(timeLeft(story, at)).isAfter(frozen.until());
    }

    private static String noRise(Story story, Phase.Observing at) {
        return isHeld(story, at) ? "" : noRise(story);
    }

    /// That a freeze will hold it up, where something else does so now.
    private static String noRise(Story story) {
        var frozen = story.frozen();
        return frozen == null
                ? ""
                : " No share rises until %s: %s.".formatted(frozen.end(), frozen.cause());
    }

    private static String doing(Story story, Phase.Observing at) {
        var judged = story.judged();
        if (!story.plan().step(at.step()).reachesCandidate()) {
            return silence(judged).orElse("measures the baseline alone");
        }
        return silence(judged)
                .or(() ->
                        judged.current().stream()
                                .filter(RolloutWords::keepsOpen)
                                .findFirst()
                                .map(FindingWords::shortly))
                .or(() -> judged.blocks().stream().findFirst().map(Judgement.Block::why))
                .orElseGet(() ->
                        (isJudged(judged) ? "all met" : "nothing is judged") + toGo(story, at));
    }

    private static String atGate(Story story, Phase.AwaitingApproval gate) {
        var judged = story.judged();
        var plan = story.plan();
        var step = plan.step(gate.at().step());
        var needed = plan.approvals().count();
        var more =
                needed > 1
                        ? " %d of %d people have approved."
                                .formatted(gate.approvedBy().size(), needed)
                        : "";
        var frozen = story.frozen();
        var until = frozen == null ? "" : " It " + frozen.sentence() + ".";
        return "%s is passed, %s. Go to %s?%s%s"
                .formatted(
                        Numbers.share(step.share().fraction()),
                        state(judged),
                        shareAfter(plan, gate.at().step()),
                        more,
                        until);
    }

    /// What the findings of the step say together: `all 4 conditions are met after 1,204 calls`.
    static String state(Judgement judged) {
        var said =
                judged.current().stream()
                        .filter(RolloutWords::keepsOpen)
                        .findFirst()
                        .map(finding -> "unsure on " + FindingWords.shortly(finding))
                        .orElseGet(() -> allMet(judged.current()));
        return isJudged(judged)
                ? "%s after %s calls".formatted(said, Numbers.count(judged.calls()))
                : said;
    }

    private static boolean isJudged(Judgement judged) {
        return judged.current().stream().anyMatch(RolloutWords::isJudged);
    }

    private static boolean keepsOpen(Finding finding) {
        return finding.condition().decides()
                && (finding instanceof Finding.Unsure || finding instanceof Finding.Breached);
    }

    private static String left(Story story, Phase.Observing at) {
        var left = timeLeft(story, at);
        return left.isZero() ? "" : ", for another " + Numbers.duration(left);
    }

    private static String toGo(Story story, Phase.Observing at) {
        var left = timeLeft(story, at);
        return left.isZero() ? "" : ", %s to go".formatted(Numbers.duration(left));
    }

    private static String inTime(Story story, Phase.Observing at) {
        var left = timeLeft(story, at);
        return left.isZero() ? " next" : " in " + Numbers.duration(left);
    }

    /// Until the step may end at the earliest, in whole seconds.
    static Duration timeLeft(Story story, Phase.Observing at) {
        var end = at.since().plus(at.paused()).plus(story.plan().step(at.step()).duration());
        long millis = Duration.between(story.now(), end).toMillis();
        return millis <= 0 ? Duration.ZERO : Duration.ofSeconds((millis + 999) / 1000);
    }

    private static String breach(Story story) {
        return Stream.concat(story.judged().current().stream(), story.judged().late().stream())
                .filter(Finding.Breached.class::isInstance)
                .findFirst()
                .map(FindingWords::shortly)
                .orElseGet(() ->
                        story.rollout()
                                .outcome()
                                .map(Outcome::reason)
                                .map(RolloutWords::shortened)
                                .orElse(""));
    }

    /// What a person says stands behind who said it: it is not what Serin found.
    private static String whyPaused(Story story, Phase.Paused paused) {
        return pausedBy(story)
                .map(by -> by + " paused it" + said(paused, by))
                .orElseGet(paused::why);
    }

    private static String paused(Story story, Phase.Paused paused) {
        return pausedBy(story)
                .map(by -> "paused by " + by + shortened(said(paused, by)))
                .orElseGet(() -> "paused: " + shortened(paused.why()));
    }

    /// Who paused it; empty where Serin did, which asks in its own words.
    private static Optional<String> pausedBy(Story story) {
        return story.journal().reversed().stream()
                .filter(Entry.Paused.class::isInstance)
                .map(Entry::by)
                .findFirst()
                .filter(by -> !by.equals(Rollout.SERIN));
    }

    private static String said(Phase.Paused paused, String by) {
        return JournalWords.said(paused.why(), by).map(why -> ": " + why).orElse("");
    }

    private static String by(Story story) {
        return story.journal().isEmpty() ? "somebody" : story.journal().getLast().by();
    }

    private static String shortened(String sentence) {
        return sentence.length() <= 80 ? sentence : sentence.substring(0, 79) + "…";
    }
}
