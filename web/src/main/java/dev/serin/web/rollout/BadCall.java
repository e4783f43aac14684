package dev.serin.web.rollout;

import dev.serin.web.words.When;
import org.jspecify.annotations.Nullable;

/// A call that was bad, without a word of what was said in it.
///
/// @param arm `candidate` or `baseline`
/// @param kind what was bad: `timeout`, `hallucination`, `7.3 s`
/// @param trace address of its trace, or null when there is none; any but http and https is dropped,
///     since a link may carry a script
public record BadCall(String call, String arm, When at, String kind, @Nullable String trace) {

    public BadCall {
        if (trace != null && !trace.startsWith("https://") && !trace.startsWith("http://")) {
            trace = null;
        }
    }
}
