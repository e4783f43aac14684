package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How passwords are stored: `hmac-sha256-bcrypt$KEY$2b$COST$SALT-AND-HASH`.
///
/// Bcrypt reads 72 bytes at most, and nothing behind a NUL. So it is given the password's HMAC-SHA-256 in
/// Base64, 44 letters in which every character of a long password counts. The HMAC has a random key for
/// each password: without one, hashes that leaked elsewhere could be tried as if they were passwords.
final class Bcrypt {

    private static final int KEY_BYTES = 16;
    private static final String SCHEME = "hmac-sha256-bcrypt$";
    private static final Pattern COST = Pattern.compile("\\$2b\\$(\\d{2})\\$");

    private Bcrypt() {}

    static boolean made(String sealed) {
        return sealed.startsWith(SCHEME);
    }

    /// @param cost the logarithm to base 2 of its rounds
    static String sealed(String password, int cost) {
        // Not kept in a field: a native image would be built with its seed in it.
        var random = new SecureRandom();
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        var hash =
                BCrypt.with(
                                BCrypt.Version.VERSION_2B,
                                random,
                                LongPasswordStrategies.strict(BCrypt.Version.VERSION_2B))
                        .hash(cost, shortened(password, key));
        return SCHEME + Base64.getEncoder().encodeToString(key) + new String(hash, US_ASCII);
    }

    /// The logarithm to base 2 of its rounds; 0 if it is broken.
    ///
    /// @param sealed what [#made(String)] knows
    static int cost(String sealed) {
        var cost = COST.matcher(sealed);
        return cost.find() ? Integer.parseInt(cost.group(1)) : 0;
    }

    /// @param sealed what [#made(String)] knows
    static boolean opens(String password, String sealed) {
        int end = sealed.indexOf('$', SCHEME.length());
        if (end < 0) {
            return false;
        }
        var key = Base64.getDecoder().decode(sealed.substring(SCHEME.length(), end));
        return BCrypt.verifyer(BCrypt.Version.VERSION_2B)
                .verify(shortened(password, key), sealed.substring(end).getBytes(US_ASCII))
                .verified;
    }

    private static byte[] shortened(String password, byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encode(mac.doFinal(password.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC", e);
        }
    }
}
