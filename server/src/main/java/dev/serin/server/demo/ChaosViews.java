package dev.serin.server.demo;

import dev.serin.server.breaker.Breaker;
import dev.serin.web.chart.BurnStrip;
import dev.serin.web.rollouts.ChaosPanel;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts the faults' turns into words for the page.
final class ChaosViews {

    /// What the width of a picture stands for, unless the turn takes longer.
    private static final Duration WIDTH = Duration.ofSeconds(55);

    private ChaosViews() {}

    static ChaosPanel of(Chaos chaos) {
        var turns = chaos.turns();
        boolean live = chaos.isUnderWay();
        if (turns.isEmpty()) {
            return new ChaosPanel(
                    Tone.QUIET,
                    "Five upgrades begin, and a fault befalls the provider of each while users call on. It takes a minute.",
                    live,
                    live ? null : "Let the faults loose",
                    ChaosCase.ALL.stream().map(ChaosViews::ahead).toList());
        }
        long asked =
                turns.stream()
                        .mapToLong(turn ->
                                turn.before().asked() + turn.met().asked() + turn.after().asked())
                        .sum();
        long failed = turns.stream().mapToLong(ChaosTurn::failed).sum();
        return new ChaosPanel(
                failed == 0 ? Tone.MET : Tone.BREACHED,
                "%s of %s of users failed.".formatted(failed == 0 ? "None" : failed, calls(asked)),
                live,
                live ? null : "Play again",
                turns.stream().map(ChaosViews::turn).toList());
    }

    private static ChaosPanel.Fault ahead(ChaosCase each) {
        return new ChaosPanel.Fault(
                each.name(),
                each.title(),
                does(each),
                Tone.QUIET,
                "Not begun",
                List.of(),
                null,
                "");
    }

    private static ChaosPanel.Fault turn(ChaosTurn turn) {
        return new ChaosPanel.Fault(
                turn.each().name(),
                turn.each().title(),
                does(turn.each()),
                tone(turn),
                act(turn),
                facts(turn),
                strip(turn),
                "%s now, %s at most".formatted(times(turn.burnNow()), times(turn.burnMost())));
    }

    private static String does(ChaosCase each) {
        var meaning = each.fault().meaning();
        return meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1) + ".";
    }

    private static Tone tone(ChaosTurn turn) {
        return switch (turn.act()) {
            case WELL -> Tone.QUIET;
            case FAULT -> Tone.BREACHED;
            case AGAIN -> Tone.MOVING;
            case OVER -> turn.wrongs().isEmpty() ? Tone.MET : Tone.UNSURE;
        };
    }

    private static String act(ChaosTurn turn) {
        var from = turn.from();
        return switch (turn.act()) {
            case WELL -> "All is well yet";
            case FAULT ->
                    "Acts for " + seconds(from == null ? Duration.ZERO : turn.since().minus(from));
            case AGAIN -> "Over, tried again";
            case OVER ->
                    turn.wrongs().isEmpty()
                            ? "Over"
                            : "Not as it must: " + turn.wrongs().getFirst();
        };
    }

    private static List<ChaosPanel.Fact> facts(ChaosTurn turn) {
        var facts = new ArrayList<ChaosPanel.Fact>();
        facts.add(users(turn));
        facts.add(breaker(turn));
        var upgrade = turn.upgrade();
        if (upgrade != null) {
            facts.add(upgrade("Upgrade", upgrade, turn.decided()));
        }
        var again = turn.again();
        if (again != null) {
            facts.add(upgrade("Tried again", again, null));
        }
        return facts;
    }

    private static ChaosPanel.Fact users(ChaosTurn turn) {
        var met = turn.met();
        return new ChaosPanel.Fact(
                "Users",
                turn.failed() == 0 ? null : Tone.BREACHED,
                answeredBy(turn),
                turn.from() == null
                        ? ""
                        : "%s under the fault: %s failed, %s answered by the baseline in the candidate's place."
                                .formatted(
                                        calls(met.asked()),
                                        met.failed() == 0 ? "none" : met.failed(),
                                        met.replaced() == 0 ? "none" : met.replaced()),
                null);
    }

    private static String answeredBy(ChaosTurn turn) {
        var now = turn.again() == null ? turn.upgrade() : turn.again();
        if (now == null) {
            return "The baseline answers all";
        }
        if (!now.isUnderWay()) {
            return now.word().equals("promoted")
                    ? "The candidate answers all"
                    : "The baseline answers all";
        }
        if (now.share() == 0) {
            return "The baseline answers all, the candidate gets copies";
        }
        if (turn.act() != ChaosTurn.Act.FAULT) {
            return "The candidate answers half";
        }
        return turn.breaker() == Breaker.State.OPEN
                ? "The baseline answers all: the candidate's provider rests"
                : "Half go to the candidate; what it fails, the baseline answers";
    }

    private static ChaosPanel.Fact breaker(ChaosTurn turn) {
        var opens = turn.opens();
        var tone =
                switch (turn.breaker()) {
                    case OPEN -> Tone.BREACHED;
                    case TRYING -> Tone.UNSURE;
                    case CLOSED -> Tone.MET;
                };
        var value =
                switch (turn.breaker()) {
                    case OPEN ->
                            "Open: the provider rests for " + seconds(turn.rests().plusSeconds(1));
                    case TRYING -> "Half open: the next call tries the provider";
                    case CLOSED -> "Closed";
                };
        var detail =
                opens != null
                        ? "It opened %s after the fault began.".formatted(tenths(opens))
                        : turn.each().isIllness() || turn.from() == null
                                ? ""
                                : "A question that is too long is no illness of the provider.";
        return new ChaosPanel.Fact("Breaker", tone, value, detail, null);
    }

    private static ChaosPanel.Fact upgrade(
            String name, ChaosUpgrade upgrade, @Nullable Duration decided) {
        return switch (upgrade.word()) {
            case "undecided" ->
                    new ChaosPanel.Fact(
                            name,
                            Tone.MOVING,
                            "At %s".formatted(Numbers.percent(upgrade.share())),
                            "",
                            upgrade.rollout().toString());
            case "promoted" ->
                    new ChaosPanel.Fact(
                            name, Tone.MET, "Promoted", "", upgrade.rollout().toString());
            default ->
                    new ChaosPanel.Fact(
                            name,
                            Tone.BREACHED,
                            decided == null
                                    ? "Rolled back"
                                    : "Rolled back %s after the fault began"
                                            .formatted(tenths(decided)),
                            upgrade.reason(),
                            upgrade.rollout().toString());
        };
    }

    private static BurnStrip strip(ChaosTurn turn) {
        var length = turn.since().compareTo(WIDTH) > 0 ? turn.since() : WIDTH;
        var from = turn.from();
        var to = turn.to();
        return new BurnStrip(
                "%s: the error budget burned at most %s, and burns %s now"
                        .formatted(
                                turn.each().title(), times(turn.burnMost()), times(turn.burnNow())),
                length.toMillis() / 1e3,
                turn.burns().stream()
                        .map(burn -> new BurnStrip.Point(burn.at().toMillis() / 1e3, burn.pace()))
                        .toList(),
                from == null
                        ? null
                        : new BurnStrip.Spell(
                                from.toMillis() / 1e3,
                                (to == null ? turn.since() : to).toMillis() / 1e3,
                                "fault"));
    }

    private static String calls(long number) {
        return String.format(Locale.ROOT, "%,d calls", number);
    }

    private static String times(double pace) {
        return String.format(Locale.ROOT, "%.1f×", pace);
    }

    private static String tenths(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
