package dev.serin.web.rollouts;

import dev.serin.web.chart.Ladder;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The list of rollouts, ready to print.
///
/// @param title the page's title, the most urgent state first: `2 wait for you`
/// @param tone of the page's icon: the most urgent state
/// @param sentence the page's answer: `Two rollouts wait for you, one is on its way.`
/// @param address of this page with its filter, as in `?route=support-chat`; empty without filter.
///     The live part is fetched from it
/// @param waiting what waits for the reader, the oldest first
/// @param others what waits for somebody else, the oldest first
/// @param moreActive how many active ones are not shown, in a sentence; null where all are
/// @param summary the line above the ended ones, such as `90 days: 14 upgrades, 11 promoted …`, or
///     null when nothing has ended
/// @param older query of the next page, such as `?before=…`, or null on the last page
/// @param newest query of the first page, or null when this is the first
/// @param first whether no rollout has ever been started, so that the page shows how to begin
/// @param begin the command that brings data, shown on an empty page outside the demo
/// @param demo the demo's scenarios, or null outside the demo
public record RolloutsView(
        String title,
        Tone tone,
        String sentence,
        String address,
        List<Waiting> waiting,
        List<Waiting> others,
        List<Row> active,
        @Nullable String moreActive,
        List<Row> ended,
        @Nullable String summary,
        Filter filter,
        @Nullable String older,
        @Nullable String newest,
        boolean first,
        String begin,
        @Nullable DemoPanel demo) {

    public RolloutsView {
        waiting = List.copyOf(waiting);
        others = List.copyOf(others);
        active = List.copyOf(active);
        ended = List.copyOf(ended);
    }

    /// A page where all that waits, waits for the reader, and all that is active is shown.
    public RolloutsView(
            String title,
            Tone tone,
            String sentence,
            String address,
            List<Waiting> waiting,
            List<Row> active,
            List<Row> ended,
            @Nullable String summary,
            Filter filter,
            @Nullable String older,
            @Nullable String newest,
            boolean first,
            String begin,
            @Nullable DemoPanel demo) {
        this(
                title, tone, sentence, address, waiting, List.of(), active, null, ended, summary,
                filter, older, newest, first, begin, demo);
    }

    /// Whether the page is to look again every second.
    public boolean isLive() {
        return demo != null && demo.isLive();
    }

    /// Whether a filter hides all there is.
    public boolean matchesNothing() {
        return filter.filtered() && active.isEmpty() && ended.isEmpty();
    }

    /// A rollout that waits for a person.
    ///
    /// @param state in a word or two: `Gate open`, `Paused`, `Unsure`
    /// @param sentence why it waits: `50 % passed: all 4 conditions met. Go to 100 %?`
    /// @param since when it began to wait
    /// @param look what the link to its page says: `Look and decide`
    public record Waiting(
            String id,
            String route,
            String baseline,
            String candidate,
            Tone tone,
            String state,
            String sentence,
            When since,
            Ladder ladder,
            String look,
            String exposed,
            boolean simulated) {

        /// The route's name as it stands in an address.
        public String routeInAddress() {
            return address(route);
        }
    }

    /// One line of the table.
    ///
    /// @param share as printed: `25 %`
    /// @param now what it is doing, or how it ended: `61 of about 93 labels`, `rolled back: p95 7.3
    ///     s`
    /// @param calls the candidate's calls, as printed
    /// @param exposed bad answers among them and what they cost: `31 bad, $38`; empty without calls
    /// @param by who started it
    /// @param took how long it took, or null while it is active
    public record Row(
            String id,
            String route,
            String baseline,
            String candidate,
            Ladder ladder,
            String share,
            Tone tone,
            String now,
            String calls,
            String exposed,
            When started,
            String by,
            @Nullable String took,
            boolean simulated) {

        /// The route's name as it stands in an address.
        public String routeInAddress() {
            return address(route);
        }
    }

    /// The filter as it stands in the address. Each list of choices begins with *all*.
    ///
    /// @param teams those that have ever started a rollout; only *all* where none was ever named
    /// @param text what was searched for, or empty
    /// @param filtered whether anything is filtered at all
    public record Filter(
            List<Choice> routes,
            List<Choice> phases,
            List<Choice> outcomes,
            List<Choice> teams,
            String text,
            boolean filtered) {

        public Filter {
            routes = List.copyOf(routes);
            phases = List.copyOf(phases);
            outcomes = List.copyOf(outcomes);
            teams = List.copyOf(teams);
        }

        /// Whether a team was ever named.
        public boolean hasTeams() {
            return teams.size() > 1;
        }
    }

    /// One choice of a filter.
    ///
    /// @param value as it stands in the address; empty for all
    public record Choice(String value, String label, boolean chosen) {}

    /// The demo's scenarios.
    ///
    /// @param canPlayBoth whether nothing has been played yet and *Play both* is offered
    /// @param scenarios empty where faults are played
    /// @param chaos the faults, or null where scenarios are played
    public record DemoPanel(
            boolean canPlayBoth, List<Scenario> scenarios, @Nullable ChaosPanel chaos) {

        public DemoPanel(boolean canPlayBoth, List<Scenario> scenarios) {
            this(canPlayBoth, scenarios, null);
        }

        public DemoPanel {
            scenarios = List.copyOf(scenarios);
        }

        boolean isLive() {
            return chaos != null && chaos.isLive();
        }
    }

    /// One scenario of the demo.
    ///
    /// @param name in the address of its button: `A`
    /// @param title such as `A good GPT-4`
    /// @param shows what there is to see
    /// @param state in words: `Not played yet`, `At 25 %`, `Promoted in 4 min`
    /// @param rollout id of its newest rollout, or null before it was played
    /// @param canPlay whether it may be played now: before the first time, and when it has ended
    /// @param play what its button says: `Play`, `Play again`
    public record Scenario(
            String name,
            String title,
            String shows,
            Tone tone,
            String state,
            @Nullable String rollout,
            boolean canPlay,
            String play) {}

    private static String address(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
