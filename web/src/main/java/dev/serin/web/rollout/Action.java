package dev.serin.web.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something a person may do, as a form that posts to `/rollouts/{id}/{verb}` with `version`,
/// `comment`, `waive` (repeated) and, where no name is known, `name`; at the gate also `evidence`,
/// and `reason` when a ready reason was pressed. All but `version` may be empty or missing.
///
/// @param verb end of its address: `approve`, `reject`, `pause`, `resume`, `promote`, `rollback`
/// @param text what its button says that it does: `Go to 25 % now`
/// @param ask what is asked first, or null when one press is enough. Only what brings more risk
///     asks
/// @param waivers the unsure findings that a person may pass over by name
/// @param frozen whether a freeze forbids it now: its button is shown and cannot be pressed
public record Action(
        String verb, String text, @Nullable Ask ask, List<Waiver> waivers, boolean frozen) {

    public Action {
        waivers = List.copyOf(waivers);
    }

    public Action(String verb, String text, @Nullable Ask ask, List<Waiver> waivers) {
        this(verb, text, ask, waivers, false);
    }

    /// The same under a freeze: nothing is asked, since nothing can be done.
    public Action freeze() {
        return new Action(verb, text, null, List.of(), true);
    }

    /// One press, no question.
    public static Action press(String verb, String text) {
        return new Action(verb, text, null, List.of());
    }

    /// The question before an act that brings more risk.
    ///
    /// @param title such as `Go to 25 % now?`
    /// @param change what will change: `The candidate gets 25 % of the calls instead of 5 %.`
    public record Ask(String title, String change) {}

    /// A finding that is unsure and may be passed over.
    ///
    /// @param step the place of the step in which it is unsure
    /// @param condition as the server reads it: `hallucination_rate >= 0.08`
    /// @param words what is passed over: `Hallucinations: unsure, 61 of about 93 labels`
    public record Waiver(int step, String condition, String words) {

        private static final Base64.Encoder IN_IDS = Base64.getUrlEncoder().withoutPadding();

        /// Tells its box from that of any other condition or step: a tick is meant for this one alone.
        /// It holds nothing that a selector would have to escape, since htmx escapes nothing.
        public String key() {
            return "%d-%s".formatted(step, IN_IDS.encodeToString(condition.getBytes(UTF_8)));
        }
    }
}
