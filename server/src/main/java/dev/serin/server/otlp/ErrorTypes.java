package dev.serin.server.otlp;

import dev.serin.engine.judge.Call;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the `error.type` of a span means: a status, a name of OpenAI's, or the name of whatever a
/// library threw.
final class ErrorTypes {

    /// What a failure is that nobody named.
    private static final String OTHER = "other";

    private static final Pattern SERVER_ERROR = Pattern.compile("5\\d\\d");

    /// Faults of the caller or of its account, who would have had them of any model.
    private static final Set<String> CALLERS = Set.of("400", "401", "403", "404", "413", "422");

    private static final List<String> CALLERS_NAMES =
            List.of(
                    "badrequest",
                    "invalid_request",
                    "unprocessableentity",
                    "authentication",
                    "permissiondenied",
                    "notfounderror");

    /// Calls that nobody waits for any more: nobody's failure. A connection that was aborted is one.
    private static final List<String> LEFT =
            List.of("cancel", "499", "aborterror", "clientabort", "und_err_aborted");

    private ErrorTypes() {}

    /// Whether the call says nothing about the model.
    static boolean saysNothing(String type) {
        var small = type.toLowerCase(Locale.ROOT);
        return CALLERS.contains(small)
                || CALLERS_NAMES.stream().anyMatch(small::contains)
                || LEFT.stream().anyMatch(small::contains);
    }

    /// The class of the failure, as observations have it.
    static String classOf(String type) {
        var small = type.toLowerCase(Locale.ROOT);
        if (small.contains("insufficient_quota")) {
            return "insufficient_quota";
        }
        if (small.contains("timeout") || small.contains("timedout") || small.contains("deadline")) {
            return Call.TIMEOUT;
        }
        if (small.equals("429") || small.contains("ratelimit") || small.contains("rate_limit")) {
            return "429";
        }
        if (SERVER_ERROR.matcher(small).matches() || small.contains("internalservererror")) {
            return "5xx";
        }
        return small.isBlank() || small.equals("_other") ? OTHER : type;
    }
}
