package dev.serin.server.planfile;

import dev.serin.engine.plan.Share;
import java.time.Duration;

/// A model that is asked how good the answers of a route are.
///
/// @param model that is asked, `provider/name`
/// @param prompt what makes an answer good, at most [#LONGEST_PROMPT] characters
/// @param share the part of the calls whose answers it reads, above 0 to 1
/// @param label under which it says so
/// @param usd what it may cost in all, above 0
public record RouteJudge(
        String model, String prompt, Share share, String label, Says says, double usd) {

    public static final int LONGEST_PROMPT = 8_000;
    public static final double USUAL_USD = 5;

    /// How long its labels are waited for where a plan does not say.
    public static final Duration USUAL_DEADLINE = Duration.ofMinutes(15);

    /// What a judge is to say.
    public enum Says {
        /// `good` or `bad`.
        VERDICT,
        /// A number from 0 (worst) to 1 (best).
        SCORE
    }
}
