package dev.serin.server.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serin.engine.traffic.Arm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/// A key to which Serin itself gave an arm. Only these may be held against the share that was
/// ordered.
public record Assigned(UUID rollout, int step, Arm arm, String key) {

    /// Under which name their count is stored.
    static final String METRIC = "keys:assigned";

    private static final int LONGEST = 64;

    /// The same with a key of 64 characters at most, to be remembered by: callers send keys as long as they
    /// like, up to megabytes.
    Assigned brief() {
        if (key.length() <= LONGEST) {
            return this;
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
            return new Assigned(rollout, step, arm, HexFormat.of().formatHex(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
