package dev.serin.web.rollout;

import dev.serin.web.words.When;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The open gate: what is gained, what it costs, what is being approved.
///
/// @param step the step that has passed: `50% ramp`
/// @param question `Go to 100 %?`
/// @param sentence why the gate is open: `All 4 conditions are met after 1,204 calls at 50 %.`
/// @param changes gain and price, the most important first
/// @param outlook what it means at full traffic: `At 100 % about $4,800 a day more at today's
///     traffic.`, or null where it is not known
/// @param worst the finding nearest to its limit, or null when nothing has been judged
/// @param exposed who has met the candidate so far: `412 calls of 398 people, 9 of them bad.`
/// @param mayApprove who may: `Anyone but ada, who started it.`
/// @param note the plan's note to the approver, or null
/// @param evidence marks the evidence that this person sees, and goes back with the decision
/// @param since when the gate opened
/// @param closes when it closes by itself and what happens then, or null
/// @param approve null for those who may not
/// @param reject null for those who may not
/// @param reasons three ready reasons to reject
public record GateView(
        String step,
        String question,
        String sentence,
        List<Change> changes,
        @Nullable String outlook,
        @Nullable FindingView worst,
        List<FindingView> findings,
        List<String> exposed,
        String mayApprove,
        @Nullable String note,
        String evidence,
        When since,
        @Nullable String closes,
        @Nullable Action approve,
        @Nullable Action reject,
        List<String> reasons) {

    public GateView {
        changes = List.copyOf(changes);
        findings = List.copyOf(findings);
        exposed = List.copyOf(exposed);
        reasons = List.copyOf(reasons);
    }

    /// The same for somebody who may only watch.
    public GateView watched() {
        return with(null, null);
    }

    /// The same for an approver who may not approve this one, but may reject it.
    public GateView barred() {
        return with(null, reject);
    }

    /// The same with other buttons.
    public GateView with(@Nullable Action approve, @Nullable Action reject) {
        return new GateView(
                step,
                question,
                sentence,
                changes,
                outlook,
                worst,
                findings,
                exposed,
                mayApprove,
                note,
                evidence,
                since,
                closes,
                approve,
                reject,
                reasons);
    }

    /// One number that differs between the arms.
    ///
    /// @param name `Hallucinations`
    /// @param before the baseline's: `6.1 %`
    /// @param after the candidate's: `2.0 %`
    /// @param sense whether that is a gain or a price, or cannot be told
    /// @param detail the difference with its interval and calls: `−4.1 points (−6.0 to −2.2), 412
    ///     and 409 calls`
    public record Change(String name, String before, String after, Sense sense, String detail) {}

    /// Which way a number went.
    public enum Sense {
        /// The candidate is better, and the interval says so.
        GAIN("better"),
        /// The candidate is worse, and the interval says so.
        PRICE("worse"),
        /// The interval holds no difference.
        EVEN("no clear difference");

        private final String words;

        Sense(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
