package dev.serin.web.rollout;

import dev.serin.web.chart.Ladder;
import dev.serin.web.words.Tone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rollout, in words and numbers ready to print.
///
/// @param title the page's title, its state first: `Waiting: support-chat at 50 %`
/// @param state in a word or two: `Observing`, `Waiting for you`, `Rolled back`
/// @param sentence the page's answer: is it good, and why is it not moving
/// @param version what the reader sees; goes back with every decision
/// @param live whether it may still change, so that the page listens
/// @param asksName whether nobody knows yet who reads, so that forms ask for a name
/// @param note about what the reader just did, or null
/// @param facts step, share, calls, started, by whom, what comes next
/// @param actions what this reader may do now, beside the gate; empty for those who may not
/// @param gate the open gate, or null when none is open
/// @param address query that shows these entries of the journal again; empty for the newest
/// @param older query that shows older entries of the journal, or null when all are shown
/// @param restore the way back, or null where there is none
/// @param frozen the freeze that keeps it from its next step up, or null if none does
/// @param watching why buttons are missing for this reader, or null if none is
/// @param team whose route it is, or null for everybody's
public record RolloutView(
        String id,
        String route,
        String baseline,
        String candidate,
        String title,
        Tone tone,
        String state,
        String sentence,
        long version,
        boolean live,
        boolean simulated,
        boolean asksName,
        @Nullable Note note,
        Ladder ladder,
        List<Fact> facts,
        List<Action> actions,
        @Nullable GateView gate,
        List<ConditionView> conditions,
        List<CourseView> courses,
        @Nullable FirstCall firstCall,
        ExposureView exposure,
        List<ObjectiveView> objectives,
        List<EntryView> journal,
        String address,
        @Nullable String older,
        PlanText plan,
        @Nullable Restore restore,
        @Nullable FrozenView frozen,
        @Nullable String watching,
        @Nullable String team) {

    public RolloutView {
        facts = List.copyOf(facts);
        actions = List.copyOf(actions);
        conditions = List.copyOf(conditions);
        courses = List.copyOf(courses);
        objectives = List.copyOf(objectives);
        journal = List.copyOf(journal);
    }

    /// The route's name as it stands in an address.
    public String routeInAddress() {
        return inAddress(route);
    }

    /// The team's name as it stands in an address; empty for none.
    public String teamInAddress() {
        return team == null ? "" : inAddress(team);
    }

    private static String inAddress(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
