package dev.serin.server.evidence;

import dev.serin.engine.judge.Call;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the name of an error means: a status, a name of OpenAI's, or the name of whatever a library
/// threw.
public final class ErrorTypes {

    /// What a failure is that nobody named.
    private static final String OTHER = "other";

    private static final Pattern SERVER_ERROR = Pattern.compile("5\\d\\d");

    /// `timed_out`, `Timed out` and `TimedOut` are one; a runtime out of memory is none.
    private static final Pattern TIMEOUT =
            Pattern.compile(
                    "(?<!run|date|life)timeout|timed[\\s_-]*out(?![a-z])|(?<![a-z])time[\\s_-]+out(?![a-z])|deadline");

    /// Faults of the caller or of its account, who would have had them of any model.
    private static final Set<String> CALLERS = Set.of("400", "401", "403", "404", "413", "422");

    private static final List<String> CALLERS_NAMES =
            List.of(
                    "badrequest",
                    "invalid_request",
                    "unprocessableentity",
                    "authentication",
                    "permissiondenied");

    /// Calls that nobody waits for any more: nobody's failure. A connection that was aborted is one.
    private static final List<String> LEFT =
            List.of("499", "aborterror", "clientabort", "und_err_aborted");

    /// What means the like as a whole name, behind a package at most: no `FileNotFoundError` of a tool, and
    /// no `cancel_order_failed`.
    private static final Pattern WHOLE =
            Pattern.compile(
                    "(?:.*[.:\\s])?(?:notfounderror|(?:client|context|operation|request|task|user)?[\\s_-]*cancel(?:l?ed|lation)?[\\s_-]*(?:error|exception)?)");

    private ErrorTypes() {}

    /// Whether the call says nothing about the model.
    public static boolean saysNothing(String type) {
        var small = type.toLowerCase(Locale.ROOT);
        return CALLERS.contains(small)
                || CALLERS_NAMES.stream().anyMatch(small::contains)
                || LEFT.stream().anyMatch(small::contains)
                || WHOLE.matcher(small).matches();
    }

    /// The class of the failure, as observations have it.
    public static String classOf(String type) {
        var small = type.toLowerCase(Locale.ROOT);
        if (small.contains("insufficient_quota")) {
            return "insufficient_quota";
        }
        if (isTimeout(type)) {
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

    /// Whether the call took longer than somebody waited: only then is its latency known to be as bad.
    public static boolean isTimeout(String type) {
        return TIMEOUT.matcher(type.toLowerCase(Locale.ROOT)).find();
    }
}
