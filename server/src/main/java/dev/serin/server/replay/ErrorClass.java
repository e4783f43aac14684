package dev.serin.server.replay;

import dev.serin.engine.judge.Call;
import dev.serin.server.evidence.ErrorTypes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why a recorded call failed, in one word or few.
final class ErrorClass {

    private static final Set<Integer> CALLERS_FAULTS = Set.of(400, 401, 403, 404, 413, 422);
    private static final int LONGEST = 40;

    private ErrorClass() {}

    static boolean isCallersFault(int status) {
        return CALLERS_FAULTS.contains(status);
    }

    /// The class of an error's code: `429` as it is, `timeout` for 408 and 504, `5xx`, and for a code
    /// that is no HTTP status the words of its message, without their numbers, or else the code. Words that
    /// tell of a timeout are `timeout`.
    static String of(String code, @Nullable String message) {
        return switch (code) {
            case "429" -> "429";
            case "408", "504" -> Call.TIMEOUT;
            default ->
                    code.matches("5\\d\\d") ? "5xx" : words(code, message == null ? "" : message);
        };
    }

    private static String words(String code, String message) {
        var words =
                message.replaceAll("[^\\p{L} ]", " ")
                        .replaceAll("\\s+", " ")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        if (ErrorTypes.isTimeout(words)) {
            return Call.TIMEOUT;
        }
        if (words.isEmpty()) {
            return code.length() <= LONGEST ? code : code.substring(0, LONGEST);
        }
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST).strip();
    }
}
