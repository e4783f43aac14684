package dev.serin.server.evidence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hashes keys of one rollout: with its salt, so that the hashes are useless elsewhere. For one thread.
final class KeyHash {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private final Mac mac;

    /// @param salt in hex
    KeyHash(String salt) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(salt), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /// In hex.
    String of(String key) {
        return HexFormat.of()
                .formatHex(mac.doFinal(key.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
    }
}
