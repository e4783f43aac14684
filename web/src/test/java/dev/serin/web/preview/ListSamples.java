package dev.serin.web.preview;

import dev.serin.web.chart.Ladder;
import dev.serin.web.chart.Ladder.End;
import dev.serin.web.chart.Ladder.Gate;
import dev.serin.web.rollouts.RolloutsView;
import dev.serin.web.rollouts.RolloutsView.Choice;
import dev.serin.web.rollouts.RolloutsView.DemoPanel;
import dev.serin.web.rollouts.RolloutsView.Filter;
import dev.serin.web.rollouts.RolloutsView.Row;
import dev.serin.web.rollouts.RolloutsView.Scenario;
import dev.serin.web.rollouts.RolloutsView.Waiting;
import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists of rollouts.
final class ListSamples {

    private static final Filter FILTER =
            new Filter(
                    List.of(
                            new Choice("", "All", true),
                            new Choice("support-chat", "support-chat", false)),
                    List.of(
                            new Choice("", "All", true),
                            new Choice("observing", "Observing", false)),
                    List.of(new Choice("", "All", true), new Choice("rejected", "Rejected", false)),
                    List.of(new Choice("", "All", true), new Choice("helpers", "helpers", false)),
                    "",
                    false);
    private static final String BEGIN = "./serin apply plan.yaml";

    private ListSamples() {}

    /// One gate is not the reader's to open.
    static RolloutsView shared() {
        var all = busy();
        return new RolloutsView(
                "1 waits for you",
                all.tone(),
                "One rollout waits for you, one waits for somebody else, one is on its way.",
                all.address(),
                all.waiting().subList(0, 1),
                all.waiting().subList(1, 2),
                all.active(),
                "4 more are under way and not shown: filter to see them.",
                all.ended(),
                all.summary(),
                all.filter(),
                all.older(),
                all.newest(),
                all.first(),
                all.begin(),
                all.demo());
    }

    static RolloutsView busy() {
        return new RolloutsView(
                "2 wait for you",
                Tone.WAITING,
                "Two rollouts wait for you, one is on its way.",
                "",
                List.of(
                        new Waiting(
                                "r-42",
                                "support-chat",
                                "openai/gpt-3.5-turbo",
                                "openai/gpt-4",
                                Tone.WAITING,
                                "Gate open",
                                "50 % passed: all 4 conditions are met. Go to 100 %?",
                                PartSamples.ago(40),
                                PartSamples.ladder(3, Gate.ASKING, null),
                                "Look and decide",
                                "Met the candidate: 1,204 calls, 31 bad, $38.",
                                false),
                        new Waiting(
                                "r-43",
                                "summaries",
                                "anthropic/claude-a",
                                "anthropic/claude-b",
                                Tone.PAUSED,
                                "Paused",
                                "No labels have come for 24 h.",
                                PartSamples.ago(1500),
                                PartSamples.ladder(1, Gate.SHUT, null),
                                "Look and decide",
                                "",
                                false)),
                List.of(
                        row(
                                "r-44",
                                "search-answer",
                                "openai/gpt-4",
                                "openai/gpt-4o",
                                PartSamples.ladder(2, Gate.SHUT, null),
                                "25 %",
                                Tone.MOVING,
                                "61 of about 93 labels",
                                "12,408",
                                4,
                                "ada",
                                null,
                                false),
                        row(
                                "r-42",
                                "support-chat",
                                "openai/gpt-3.5-turbo",
                                "openai/gpt-4",
                                PartSamples.ladder(3, Gate.ASKING, null),
                                "50 %",
                                Tone.WAITING,
                                "waits for a person at 50 %",
                                "1,204",
                                134,
                                "ada",
                                null,
                                false)),
                List.of(
                        row(
                                "r-40",
                                "support-chat",
                                "openai/gpt-3.5-turbo",
                                "openai/gpt-4",
                                PartSamples.ladder(1, Gate.SHUT, new End(false, "p95 7.3 s")),
                                "0 %",
                                Tone.BREACHED,
                                "rolled back: p95 latency 7.3 s of 41 calls",
                                "1,140",
                                220,
                                "ada",
                                "12 min",
                                false),
                        row(
                                "r-39",
                                "checkout-help",
                                "openai/gpt-4",
                                "openai/gpt-4o",
                                PartSamples.ladder(4, Gate.APPROVED, new End(true, "")),
                                "100 %",
                                Tone.MET,
                                "promoted",
                                "23,991",
                                2900,
                                "Mira Okafor",
                                "2 h 10 min",
                                false),
                        row(
                                "r-38",
                                "support-chat",
                                "openai/gpt-3.5-turbo",
                                "openai/gpt-4",
                                PartSamples.ladder(4, Gate.APPROVED, new End(true, "")),
                                "100 %",
                                Tone.MET,
                                "promoted",
                                "9,412",
                                8000,
                                "demo",
                                "4 min",
                                true)),
                "90 days: 14 upgrades, 11 promoted, 3 rolled back; median 2 h 10 min, of which 1 h 20 min waiting for people; 412 people met a worse model",
                FILTER,
                "?before=r-38",
                null,
                false,
                BEGIN,
                null);
    }

    static RolloutsView empty() {
        return new RolloutsView(
                "Rollouts",
                Tone.QUIET,
                "Nothing has been rolled out yet.",
                "",
                List.of(),
                List.of(),
                List.of(),
                null,
                FILTER,
                null,
                null,
                true,
                BEGIN,
                null);
    }

    static RolloutsView nothingMatches() {
        var filter =
                new Filter(
                        FILTER.routes(),
                        FILTER.phases(),
                        FILTER.outcomes(),
                        FILTER.teams(),
                        "no such <text>",
                        true);
        return new RolloutsView(
                "Rollouts",
                Tone.QUIET,
                "No rollout matches.",
                "?text=no+such+%3Ctext%3E",
                List.of(),
                List.of(),
                List.of(),
                null,
                filter,
                null,
                null,
                false,
                BEGIN,
                null);
    }

    static RolloutsView demoUnplayed() {
        return demo(
                true,
                List.of(
                        scene(
                                "A",
                                "A good GPT-4",
                                "Better answers, somewhat slower. It goes up to 50 % by itself and then asks you.",
                                Tone.QUIET,
                                "Not played yet",
                                null,
                                true,
                                "Play"),
                        scene(
                                "B",
                                "A bad GPT-4",
                                "Slow and dear. It is taken back at 5 %, seconds after the first slow calls.",
                                Tone.QUIET,
                                "Not played yet",
                                null,
                                true,
                                "Play"),
                        scene(
                                "C",
                                "A silent judge",
                                "Nobody labels the answers. It pauses and asks, it does not guess.",
                                Tone.QUIET,
                                "Not played yet",
                                null,
                                true,
                                "Play")),
                List.of());
    }

    static RolloutsView demoPlaying() {
        return demo(
                false,
                List.of(
                        scene(
                                "A",
                                "A good GPT-4",
                                "Better answers, somewhat slower. It goes up to 50 % by itself and then asks you.",
                                Tone.MOVING,
                                "At 25 %, all conditions met",
                                "r-44",
                                false,
                                "Play again"),
                        scene(
                                "B",
                                "A bad GPT-4",
                                "Slow and dear. It is taken back at 5 %, seconds after the first slow calls.",
                                Tone.BREACHED,
                                "Rolled back: p95 7.3 s of 41 calls",
                                "r-40",
                                true,
                                "Play again"),
                        scene(
                                "C",
                                "A silent judge",
                                "Nobody labels the answers. It pauses and asks, it does not guess.",
                                Tone.QUIET,
                                "Not played yet",
                                null,
                                true,
                                "Play")),
                List.of(
                        row(
                                "r-44",
                                "support-chat",
                                "openai/gpt-3.5-turbo",
                                "openai/gpt-4",
                                PartSamples.ladder(2, Gate.SHUT, null),
                                "25 %",
                                Tone.MOVING,
                                "61 of about 93 labels",
                                "408",
                                1,
                                "demo",
                                null,
                                true)));
    }

    static RolloutsView chaos() {
        var demo = demo(/* canPlayBoth= */ false, List.of(), List.of());
        return new RolloutsView(
                demo.title(),
                demo.tone(),
                demo.sentence(),
                demo.address(),
                demo.waiting(),
                demo.active(),
                demo.ended(),
                demo.summary(),
                demo.filter(),
                demo.older(),
                demo.newest(),
                demo.first(),
                demo.begin(),
                new DemoPanel(/* canPlayBoth= */ false, List.of(), ChaosSamples.underWay()));
    }

    static RolloutsView longNames() {
        return new RolloutsView(
                RolloutSamples.LONG_NAME,
                Tone.MOVING,
                "One rollout is on its way.",
                "",
                List.of(),
                List.of(
                        row(
                                "r-1",
                                RolloutSamples.LONG_NAME,
                                RolloutSamples.LONG_NAME,
                                "<i>x</i>",
                                PartSamples.ladder(1, Gate.SHUT, null),
                                "5 %",
                                Tone.MOVING,
                                RolloutSamples.LONG_NAME,
                                "12",
                                3,
                                RolloutSamples.LONG_NAME,
                                null,
                                false)),
                List.of(),
                null,
                FILTER,
                null,
                null,
                false,
                BEGIN,
                null);
    }

    private static RolloutsView demo(
            boolean canPlayBoth, List<Scenario> scenarios, List<Row> active) {
        return new RolloutsView(
                canPlayBoth ? "Demo" : "1 on its way",
                canPlayBoth ? Tone.QUIET : Tone.MOVING,
                canPlayBoth
                        ? "Two upgrades from GPT-3.5 to GPT-4, one good and one bad. Press Play both."
                        : "One rollout is on its way, none waits for you.",
                "",
                List.of(),
                active,
                List.of(),
                null,
                FILTER,
                null,
                null,
                canPlayBoth,
                BEGIN,
                new DemoPanel(canPlayBoth, scenarios));
    }

    private static Scenario scene(
            String name,
            String title,
            String shows,
            Tone tone,
            String state,
            @Nullable String rollout,
            boolean canPlay,
            String play) {
        return new Scenario(name, title, shows, tone, state, rollout, canPlay, play);
    }

    private static Row row(
            String id,
            String route,
            String baseline,
            String candidate,
            Ladder ladder,
            String share,
            Tone tone,
            String now,
            String calls,
            long minutes,
            String by,
            @Nullable String took,
            boolean simulated) {
        return new Row(
                id,
                route,
                baseline,
                candidate,
                ladder,
                share,
                tone,
                now,
                calls,
                "31 bad, $38",
                PartSamples.ago(minutes),
                by,
                took,
                simulated);
    }
}
