package dev.serin.server.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs messages so that a receiver knows who wrote them, and when.
///
/// @see <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    private Signature() {}

    /// 256 random bits, `whsec_` before them.
    static String secret() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /// The header's value: one signature for each secret, so that an address with two secrets can be
    /// checked with either.
    static String of(List<String> secrets, UUID id, Instant at, String body) {
        var text = "%s.%d.%s".formatted(id, at.getEpochSecond(), body);
        return secrets.stream()
                .map(secret -> "v1," + sign(secret, text))
                .collect(Collectors.joining(" "));
    }

    private static String sign(String secret, String text) {
        try {
            var key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
