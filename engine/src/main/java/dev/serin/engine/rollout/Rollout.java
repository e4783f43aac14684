package dev.serin.engine.rollout;

import dev.serin.engine.judge.Detail;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Phase.AwaitingApproval;
import dev.serin.engine.rollout.Phase.Complete;
import dev.serin.engine.rollout.Phase.Observing;
import dev.serin.engine.rollout.Phase.Paused;
import dev.serin.engine.rollout.Phase.RolledBack;
import dev.serin.engine.rollout.Phase.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A plan under way.
///
/// @param startedBy who started it
/// @param phase where it stands; the share follows from it
/// @param last when its last entry was made; an earlier `now` counts as this
public record Rollout(Plan plan, String startedBy, Phase phase, Instant last) {

    /// Who acts when no person does.
    public static final String SERIN = "serin";

    /// The rollout that `plan` describes, in its first step, with the entries that begin its journal.
    public static Moved start(Plan plan, String by, Instant now) {
        return start(plan, by, now, Freeze.NONE);
    }

    /// The same under a freeze: where the first step gives the candidate calls, the rollout waits before
    /// it, and enters it by itself when the freeze is over.
    public static Moved start(Plan plan, String by, Instant now, Freeze freeze) {
        var waiting = new Rollout(plan, by, new Waiting(now), now);
        var started = new Entry.Started(now, by);
        return freeze.holds(now) && waiting.raisesNext()
                ? new Moved(waiting, List.of(started))
                : after(started, waiting.enterFirst(now));
    }

    /// The share of the traffic that the candidate gets now.
    public Share share() {
        return switch (phase) {
            case Observing at -> plan.step(at.step()).share();
            case AwaitingApproval gate -> plan.step(gate.at().step()).share();
            case Paused paused -> plan.step(paused.at().step()).share();
            case Complete _ -> Share.ALL;
            case Waiting _, RolledBack _ -> Share.NONE;
        };
    }

    /// Index of the step in force, or of the last that was; of the first before it is entered.
    public int step() {
        return switch (phase) {
            case Waiting _ -> 0;
            case Observing at -> at.step();
            case AwaitingApproval gate -> gate.at().step();
            case Paused paused -> paused.at().step();
            case Complete _ -> plan.steps().size() - 1;
            case RolledBack(_, int step, _) -> step;
        };
    }

    public Optional<Outcome> outcome() {
        return switch (phase) {
            case Waiting _, Observing _, AwaitingApproval _, Paused _ -> Optional.empty();
            case Complete(_, var outcome) -> Optional.of(outcome);
            case RolledBack(_, _, var outcome) -> Optional.of(outcome);
        };
    }

    public boolean isActive() {
        return outcome().isEmpty();
    }

    /// Whether the next move forward, by itself or by a person, would give the candidate more calls: what
    /// a freeze holds up.
    public boolean raisesNext() {
        return next().compareTo(share()) > 0;
    }

    private Share next() {
        return switch (phase) {
            case Waiting _ -> plan.step(0).share();
            case Observing at -> plan.step(at.step()).gate() == null ? after(at) : share();
            case AwaitingApproval gate -> after(gate.at());
            case Paused(var at, _, _, _) ->
                    plan.step(at.step()).gate() == null ? after(at) : share();
            case Complete _, RolledBack _ -> share();
        };
    }

    private Share after(Observing at) {
        return plan.shareAfter(at.step());
    }

    /// What the evidence says of the step in force at `now`.
    public Judgement judge(Evidence evidence, Instant now) {
        return Judgement.of(plan, step(), evidence, entered(), notBefore(now)).settled(settled());
    }

    /// Says what follows from `signal` where nothing is frozen. Changes nothing: the same arguments give
    /// the same decision.
    public Decision decide(Signal signal, Evidence evidence, Instant now) {
        return decide(signal, evidence, now, Freeze.NONE);
    }

    /// The same decision, with findings told in more or less detail.
    public Decision decide(Signal signal, Evidence evidence, Instant now, Detail detail) {
        return decided(signal, evidence, notBefore(now), detail);
    }

    /// Says what follows from `signal`. Under a freeze nothing raises the share: a tick stays; a promotion
    /// that would is refused, and so is every approval at a gate that leads higher, so that whoever gives
    /// it looks again when the freeze is over. All else is decided as without it.
    public Decision decide(Signal signal, Evidence evidence, Instant now, Freeze freeze) {
        var then = notBefore(now);
        var decision = decided(signal, evidence, then, Detail.WHOLE);
        if (!freeze.holds(then) || !(decision instanceof Moved(var next, _)) || !raises(next)) {
            return decision;
        }
        return signal instanceof Signal.Tick
                ? new Stays(judge(evidence, now).current(), freeze.sentence())
                : new Refused(freeze.sentence() + "; do it again when that is over");
    }

    /// Whether going on as `next` raises the share, or is a yes to raising it.
    private boolean raises(Rollout next) {
        boolean approves =
                phase instanceof AwaitingApproval && next.phase() instanceof AwaitingApproval;
        return next.share().compareTo(share()) > 0 || (approves && raisesNext());
    }

    private Decision decided(Signal signal, Evidence evidence, Instant then, Detail detail) {
        return switch (phase) {
            case Waiting _ -> whenWaiting(signal, then);
            case Observing at -> whenObserving(at, signal, toDecide(evidence, then, detail), then);
            case AwaitingApproval gate ->
                    whenAwaitingApproval(gate, signal, toDecide(evidence, then, detail), then);
            case Paused paused ->
                    whenPaused(paused, signal, toDecide(evidence, then, detail), then);
            case Complete _ -> new Refused("the rollout has ended: it was promoted");
            case RolledBack(_, _, var outcome) ->
                    new Refused("the rollout has ended: " + outcome.reason());
        };
    }

    private Judgement toDecide(Evidence evidence, Instant now, Detail detail) {
        return Judgement.toDecide(plan, step(), evidence, entered(), now, detail)
                .settled(settled());
    }

    /// When, after `now`, a tick has something to decide even if no call comes: the end of the step's
    /// time, of its patience, or of the gate's. Empty if only a person or a call can move it.
    public Optional<Instant> due(Instant now) {
        return switch (phase) {
            case Observing at ->
                    Stream.of(
                                    at.since()
                                            .plus(at.paused())
                                            .plus(plan.step(at.step()).duration()),
                                    at.patientSince().plus(plan.rules().patience()))
                            .filter(time -> time.isAfter(now))
                            .min(Comparator.naturalOrder());
            case AwaitingApproval gate ->
                    Optional.ofNullable(gateOf(gate.at().step()).within())
                            .map(gate.since()::plus)
                            .filter(time -> time.isAfter(now));
            case Waiting _, Paused _, Complete _, RolledBack _ -> Optional.empty();
        };
    }

    private Decision whenWaiting(Signal signal, Instant now) {
        return switch (signal) {
            case Signal.Tick _ -> enterFirst(now);
            case Signal.RollBack(String by, String why) -> {
                var reason = "%s stopped it before its first step%s".formatted(by, because(why));
                yield end(0, Outcome.Kind.ROLLED_BACK_BY_HAND, by, reason, List.of(), now);
            }
            case Signal.Promote _, Signal.Pause _, Signal.Resume _ ->
                    new Refused("the rollout has not entered its first step; roll back to stop it");
            case Signal.Approve _, Signal.Reject _ -> new Refused("no gate is open");
        };
    }

    private Decision whenObserving(Observing at, Signal signal, Judgement judged, Instant now) {
        return switch (signal) {
            case Signal.Tick _ -> weigh(at, judged, now);
            case Signal.Promote promote ->
                    stop(at, judged, now).orElseGet(() -> finish(at, promote, judged, now));
            case Signal.Pause(String by, String why) ->
                    stop(at, judged, now)
                            .orElseGet(() -> pause(at, by, Set.of(), why, judged.current(), now));
            case Signal.RollBack(String by, String why) -> byHand(at, by, why, judged, now);
            case Signal.Approve _, Signal.Reject _ -> new Refused("no gate is open");
            case Signal.Resume _ -> new Refused("the rollout is not paused");
        };
    }

    private Decision whenAwaitingApproval(
            AwaitingApproval gate, Signal signal, Judgement judged, Instant now) {
        var at = gate.at();
        return switch (signal) {
            case Signal.Tick _ ->
                    closed(gate, judged, now)
                            .orElseGet(() -> new Stays(judged.current(), waitsFor(gate, now)));
            case Signal.Approve approve ->
                    closed(gate, judged, now).orElseGet(() -> approve(gate, approve, judged, now));
            case Signal.Reject(String by, String why) ->
                    reject(at, by, "%s rejected it%s".formatted(by, because(why)), judged, now);
            case Signal.Pause(String by, String why) ->
                    closed(gate, judged, now)
                            .orElseGet(() -> pause(at, by, Set.of(), why, judged.current(), now));
            case Signal.RollBack(String by, String why) -> byHand(at, by, why, judged, now);
            case Signal.Promote _ -> new Refused("a gate is open: only an approval goes past it");
            case Signal.Resume _ -> new Refused("the rollout is not paused");
        };
    }

    private Decision whenPaused(Paused paused, Signal signal, Judgement judged, Instant now) {
        var at = paused.at();
        return switch (signal) {
            case Signal.Tick _ ->
                    stop(at, judged, now)
                            .orElseGet(() -> new Stays(judged.current(), paused.why()));
            case Signal.Resume resume ->
                    stop(at, judged, now).orElseGet(() -> resume(paused, resume, judged, now));
            case Signal.Promote promote ->
                    stop(at, judged, now)
                            .orElseGet(() -> finish(rested(paused, now), promote, judged, now));
            case Signal.RollBack(String by, String why) -> byHand(at, by, why, judged, now);
            case Signal.Pause _ -> new Refused("the rollout is paused already");
            case Signal.Approve _, Signal.Reject _ ->
                    new Refused("no gate is open; resume, finish the step or roll back");
        };
    }

    private Decision weigh(Observing at, Judgement judged, Instant now) {
        var stopped = stop(at, judged, now);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        var question = question(at, judged);
        if (question.isPresent()) {
            return ask(at, question.get(), judged, now);
        }
        var step = plan.step(at.step());
        if (at.age(now).compareTo(step.duration()) < 0) {
            return new Stays(judged.current(), "the step's time is not over");
        }
        var open = judged.open(Set.of());
        var blocks = judged.blocking(Set.of());
        if (open.isEmpty() && blocks.isEmpty()) {
            return pass(at, SERIN, Set.of(), judged.current(), now);
        }
        var waitsFor = open.isEmpty() ? blocks.getFirst().why() : open.getFirst().sentence();
        return isPatient(at, judged, now)
                ? new Stays(judged.current(), waitsFor)
                : ask(
                        at,
                        new Question(names(open, blocks), Reasons.outOfPatience(plan, waitsFor)),
                        judged,
                        now);
    }

    /// What ends the rollout whatever phase it is in: a breach, or a cost beyond the plan's cap.
    private Optional<Decision> stop(Observing at, Judgement judged, Instant now) {
        var breach = judged.fatal();
        if (breach.isPresent()) {
            return Optional.of(breached(at, breach.get(), judged, now));
        }
        return Reasons.exposure(plan, judged.exposed())
                .map(why -> end(at, Outcome.Kind.EXPOSURE, SERIN, why, judged.current(), now));
    }

    private Decision breached(Observing at, Breached breach, Judgement judged, Instant now) {
        var findings = new ArrayList<>(judged.current());
        judged.late().stream().filter(late -> !findings.contains(late)).forEach(findings::add);
        var reason = Reasons.breach(breach, judged);
        return end(at, Outcome.Kind.BREACHED, SERIN, reason, findings, now);
    }

    private record Question(Set<String> about, String why) {}

    private Optional<Question> question(Observing at, Judgement judged) {
        for (var breach : judged.asking()) {
            var name = breach.condition().text();
            if (!at.settled().contains(name)) {
                return Optional.of(new Question(Set.of(name), breach.sentence()));
            }
        }
        for (var block : judged.blocks()) {
            if (block.asks()) {
                return Optional.of(new Question(Set.of(block.name()), block.why()));
            }
        }
        if (!plan.step(at.step()).reachesCandidate()) {
            for (var finding : judged.baseline()) {
                var name = "baseline: " + finding.condition().text();
                if (finding instanceof Breached && !at.settled().contains(name)) {
                    return Optional.of(new Question(Set.of(name), Reasons.baselineBreaks(finding)));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isPatient(Observing at, Judgement judged, Instant now) {
        var rules = plan.rules();
        return Duration.between(at.patientSince(), now).compareTo(rules.patience()) < 0
                && judged.calls() - at.patientFrom() < rules.patienceCalls();
    }

    /// What closes the gate whoever comes: bad evidence, or that its time is over and the plan rejects.
    ///
    /// An answer that comes after the time comes too late, also where no tick has closed the gate yet.
    private Optional<Decision> closed(AwaitingApproval gate, Judgement judged, Instant now) {
        var stopped = stop(gate.at(), judged, now);
        if (stopped.isPresent()) {
            return stopped;
        }
        var rule = gateOf(gate.at().step());
        var within = rule.within();
        if (within == null || rule.then() == Gate.Lapse.STAY || !isOver(gate, now)) {
            return Optional.empty();
        }
        var why = Reasons.unanswered(gate.approvedBy(), plan.approvals().count(), within);
        return Optional.of(reject(gate.at(), SERIN, why, judged, now));
    }

    private String waitsFor(AwaitingApproval gate, Instant now) {
        return isOver(gate, now)
                ? "waits on for a person to approve, though its time is over"
                : "waits for a person to approve";
    }

    private boolean isOver(AwaitingApproval gate, Instant now) {
        var within = gateOf(gate.at().step()).within();
        return within != null && !now.isBefore(gate.since().plus(within));
    }

    private Decision approve(
            AwaitingApproval gate, Signal.Approve approve, Judgement judged, Instant now) {
        var rule = plan.approvals();
        if (rule.notByStarter() && approve.by().equals(startedBy)) {
            return new Refused(
                    approve.by() + " started this rollout; the plan asks for another approver");
        }
        if (gate.approvedBy().contains(approve.by())) {
            return new Refused(approve.by() + " has approved already; it takes another person");
        }
        var waived = union(gate.waived(), approve.waive());
        var obstacle = obstacle(judged, waived);
        if (obstacle.isPresent()) {
            return new Refused(obstacle.get());
        }
        var approvers = new ArrayList<>(gate.approvedBy());
        approvers.add(approve.by());
        int missing = Math.max(0, rule.count() - approvers.size());
        var entry =
                new Entry.Approved(
                        now,
                        gate.at().step(),
                        approve.by(),
                        approve.why(),
                        approve.saw(),
                        waived,
                        missing,
                        judged.current());
        if (missing > 0) {
            var next = new AwaitingApproval(gate.at(), gate.since(), waived, approvers);
            return moved(next, now, List.of(entry));
        }
        return after(entry, advance(gate.at(), waived, approve.by(), judged.current(), now));
    }

    private Decision finish(Observing at, Signal.Promote promote, Judgement judged, Instant now) {
        var obstacle = obstacle(judged, promote.waive());
        if (obstacle.isPresent()) {
            return new Refused(obstacle.get());
        }
        var entry =
                new Entry.Promoted(
                        now,
                        at.step(),
                        promote.by(),
                        promote.why(),
                        promote.waive(),
                        judged.current());
        return after(entry, pass(at, promote.by(), promote.waive(), judged.current(), now));
    }

    private Decision resume(Paused paused, Signal.Resume resume, Judgement judged, Instant now) {
        var rested = rested(paused, now);
        var at =
                new Observing(
                        rested.step(),
                        rested.since(),
                        rested.paused(),
                        now,
                        judged.calls(),
                        union(rested.settled(), paused.asked()));
        var entry = new Entry.Resumed(now, at.step(), resume.by(), resume.why(), judged.current());
        return moved(at, now, List.of(entry));
    }

    /// The step as it was, with the time that it has stood still added to its paused time.
    private static Observing rested(Paused paused, Instant now) {
        var at = paused.at();
        return new Observing(
                at.step(),
                at.since(),
                at.paused().plus(Duration.between(paused.since(), now)),
                at.patientSince(),
                at.patientFrom(),
                at.settled());
    }

    /// Why the share may not rise now even with `waived` conditions unsure.
    private static Optional<String> obstacle(Judgement judged, Set<String> waived) {
        var open = judged.open(waived);
        if (!open.isEmpty()) {
            return Optional.of(Reasons.notMet(open.getFirst()));
        }
        return judged.blocking(waived).stream()
                .findFirst()
                .map(block ->
                        "%s; to go on all the same, waive %s".formatted(block.why(), block.name()));
    }

    /// Past the step's evidence: to its gate if it has one, else to what follows.
    private Moved pass(
            Observing at, String by, Set<String> waived, List<Finding> findings, Instant now) {
        int step = at.step();
        if (plan.step(step).gate() == null) {
            return advance(at, waived, by, findings, now);
        }
        var entry = new Entry.GateOpened(now, step, by, waived, findings);
        return moved(new AwaitingApproval(at, now, waived, List.of()), now, List.of(entry));
    }

    private Moved advance(
            Observing at, Set<String> waived, String by, List<Finding> findings, Instant now) {
        var settled = Judgement.lasting(union(at.settled(), waived));
        return plan.isLast(at.step())
                ? complete(at.step(), by, findings, now)
                : enter(at.step() + 1, settled, by, findings, now);
    }

    private Moved enterFirst(Instant now) {
        return enter(0, Set.of(), SERIN, List.of(), now);
    }

    private Moved enter(
            int step, Set<String> settled, String by, List<Finding> findings, Instant now) {
        var entry = new Entry.StepEntered(now, step, by, plan.step(step).share(), findings);
        boolean nothingToWatch =
                plan.isLast(step)
                        && plan.step(step).duration().isZero()
                        && plan.step(step).gate() == null
                        && plan.step(step).share().equals(Share.ALL);
        return nothingToWatch
                ? after(entry, complete(step, by, List.of(), now))
                : moved(Observing.entered(step, settled, now), now, List.of(entry));
    }

    private Moved complete(int step, String by, List<Finding> findings, Instant now) {
        var outcome = new Outcome(Outcome.Kind.PROMOTED, Reasons.promoted(plan));
        var entry = new Entry.Completed(now, step, by, outcome, findings);
        return moved(new Complete(now, outcome), now, List.of(entry));
    }

    private Moved ask(Observing at, Question question, Judgement judged, Instant now) {
        return pause(at, SERIN, question.about(), question.why(), judged.current(), now);
    }

    private Moved pause(
            Observing at,
            String by,
            Set<String> asked,
            String why,
            List<Finding> findings,
            Instant now) {
        var words = why.isBlank() ? by + " paused it" : why;
        var entry = new Entry.Paused(now, at.step(), by, words, findings);
        return moved(new Paused(at, now, asked, words), now, List.of(entry));
    }

    private Moved byHand(Observing at, String by, String why, Judgement judged, Instant now) {
        var reason = "%s rolled it back%s".formatted(by, because(why));
        return end(at, Outcome.Kind.ROLLED_BACK_BY_HAND, by, reason, judged.current(), now);
    }

    private Moved reject(Observing at, String by, String why, Judgement judged, Instant now) {
        return end(at, Outcome.Kind.REJECTED, by, why, judged.current(), now);
    }

    private Moved end(
            Observing at,
            Outcome.Kind kind,
            String by,
            String reason,
            List<Finding> findings,
            Instant now) {
        return end(at.step(), kind, by, reason, findings, now);
    }

    private Moved end(
            int step,
            Outcome.Kind kind,
            String by,
            String reason,
            List<Finding> findings,
            Instant now) {
        var outcome = new Outcome(kind, reason);
        var entry = new Entry.RolledBack(now, step, by, outcome, findings);
        return moved(new RolledBack(now, step, outcome), now, List.of(entry));
    }

    private Moved moved(Phase next, Instant now, List<Entry> entries) {
        return new Moved(new Rollout(plan, startedBy, next, now), entries);
    }

    private static Moved after(Entry first, Moved then) {
        var entries = new ArrayList<Entry>();
        entries.add(first);
        entries.addAll(then.entries());
        return new Moved(then.next(), entries);
    }

    private Instant entered() {
        return switch (phase) {
            case Waiting(var since) -> since;
            case Observing at -> at.since();
            case AwaitingApproval gate -> gate.at().since();
            case Paused paused -> paused.at().since();
            case Complete(var at, _) -> at;
            case RolledBack(var at, _, _) -> at;
        };
    }

    /// What a person was asked about in the step in force, and went on.
    private Set<String> settled() {
        return switch (phase) {
            case Observing at -> at.settled();
            case AwaitingApproval gate -> gate.at().settled();
            case Paused paused -> paused.at().settled();
            case Waiting _, Complete _, RolledBack _ -> Set.of();
        };
    }

    private Gate gateOf(int step) {
        var gate = plan.step(step).gate();
        return gate == null ? Gate.MANUAL : gate;
    }

    private Instant notBefore(Instant now) {
        return now.isBefore(last) ? last : now;
    }

    private static Set<String> names(List<Finding> open, List<Judgement.Block> blocks) {
        var names = new HashSet<String>();
        open.forEach(finding -> names.add(finding.condition().text()));
        blocks.forEach(block -> names.add(block.name()));
        return names;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static String because(String why) {
        return why.isBlank() ? "" : ": " + why;
    }
}
