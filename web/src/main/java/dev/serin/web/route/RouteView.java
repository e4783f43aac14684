package dev.serin.web.route;

import dev.serin.web.chart.Timeline;
import dev.serin.web.rollout.CourseView;
import dev.serin.web.rollout.Fact;
import dev.serin.web.rollout.Note;
import dev.serin.web.rollout.Restore;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One route, ready to print.
///
/// @param path of this page under the root, the name encoded: `/routes/a%20b`
/// @param title the page's title, its state first: `Observing: support-chat at 25 %`
/// @param state in a word or two: `Serving`, `Budget exhausted`, `Gate open`
/// @param sentence the page's answer: which model serves, since when, what is under way
/// @param say the same without times, for the one place that speaks
/// @param asksName whether nobody knows yet who reads, so that forms ask for a name
/// @param active id of the rollout under way, or null when there is none
/// @param restore the way back, or null where no model can be put back
/// @param timeline its rollouts as a picture, or null before the first
/// @param rollouts the newest first
/// @param earlier address under the root of the list with all of them, or null when all are shown
/// @param promised whose objectives these are, in a sentence
/// @param cost cost per call over time, or null when no cost is known
/// @param seen what the numbers of this page rest on, in a sentence
/// @param team whose it is, or null for everybody's
/// @param movable whether the reader may give it to another team
public record RouteView(
        String name,
        String path,
        String title,
        Tone tone,
        String state,
        String sentence,
        String say,
        boolean simulated,
        boolean asksName,
        @Nullable Note note,
        List<Fact> facts,
        @Nullable String active,
        @Nullable Restore restore,
        @Nullable Timeline timeline,
        List<Run> rollouts,
        @Nullable String earlier,
        String promised,
        List<ObjectiveView> objectives,
        @Nullable CourseView cost,
        String seen,
        @Nullable String team,
        boolean movable) {

    public RouteView {
        facts = List.copyOf(facts);
        rollouts = List.copyOf(rollouts);
        objectives = List.copyOf(objectives);
    }

    /// The team's name as it stands in an address.
    public String teamInAddress() {
        return URLEncoder.encode(teamName(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The team's name, also that of everybody.
    public String teamName() {
        return team == null ? "everybody" : team;
    }

    /// One rollout of the route.
    ///
    /// @param words how it ended, or what it is doing: `rolled back: p95 7.3 s`
    /// @param took how long it took, or has taken so far
    /// @param exposed what has met the candidate: `1,204 calls, 31 bad, $38`
    public record Run(
            String id,
            String baseline,
            String candidate,
            Tone tone,
            String words,
            When started,
            String took,
            String exposed,
            boolean simulated) {}
}
