package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Random tokens, and what is stored of tokens and passwords instead of them.
final class Secrets {

    /// OWASP's advice for PBKDF2 with HMAC-SHA-256.
    private static final int ROUNDS = 600_000;

    private static final int BITS = 256;
    private static final String SCHEME = "pbkdf2-sha256";

    /// A guess costs half a second of a core; strangers must not take all of them.
    private static final Semaphore TURNS = new Semaphore(2);

    private Secrets() {}

    /// 256 random bits, as text for a cookie or an address.
    static String token() {
        var bytes = new byte[32];
        // Not kept in a field: a native image would be built with its seed in it.
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What is stored of a token. It has 256 random bits, so nobody can guess their way back.
    static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /// What is stored of a password: scheme, rounds, salt and hash.
    static String sealed(String password) {
        var salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return "%s$%d$%s$%s"
                .formatted(SCHEME, ROUNDS, text(salt), text(stretch(password, salt, ROUNDS)));
    }

    static boolean opens(String password, String sealed) {
        var parts = sealed.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            return false;
        }
        var salt = Base64.getDecoder().decode(parts[2]);
        var wanted = Base64.getDecoder().decode(parts[3]);
        return MessageDigest.isEqual(wanted, stretch(password, salt, Integer.parseInt(parts[1])));
    }

    private static byte[] stretch(String password, byte[] salt, int rounds) {
        TURNS.acquireUninterruptibly();
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2", e);
        } finally {
            TURNS.release();
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
