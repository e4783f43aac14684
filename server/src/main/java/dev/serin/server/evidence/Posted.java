package dev.serin.server.evidence;

import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body of a post, unpacked.
final class Posted {

    private static final int MOST_KEY = 200;

    private static final Set<String> LINES =
            Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");

    private final byte[] body;
    private final boolean isLines;
    private final Batch.@Nullable Once once;

    private Posted(byte[] body, boolean isLines, Batch.@Nullable Once once) {
        this.body = body;
        this.isLines = isLines;
        this.once = once;
    }

    /// @param type its `Content-Type`
    /// @param encoding its `Content-Encoding`
    /// @param key its `Idempotency-Key`
    static Posted of(
            byte[] body, @Nullable String type, @Nullable String encoding, @Nullable String key) {
        var unpacked = Bodies.unpacked(body, encoding);
        return new Posted(unpacked, isLines(type), once(key, unpacked));
    }

    byte[] body() {
        return body;
    }

    /// Whether it holds one object a line.
    boolean isLines() {
        return isLines;
    }

    /// Under what name it counts once; null if it has none.
    Batch.@Nullable Once once() {
        return once;
    }

    private static boolean isLines(@Nullable String type) {
        if (type == null) {
            return false;
        }
        int end = type.indexOf(';');
        var name = end < 0 ? type : type.substring(0, end);
        return LINES.contains(name.strip().toLowerCase(Locale.ROOT));
    }

    private static Batch.@Nullable Once once(@Nullable String key, byte[] body) {
        if (key == null || key.isBlank()) {
            return null;
        }
        if (key.length() > MOST_KEY) {
            throw ProblemException.badField(
                    "Idempotency-Key", "has at most %d characters".formatted(MOST_KEY));
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(body);
            return new Batch.Once(key, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
