package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Random tokens, and what is stored of tokens and passwords instead of them.
final class Secrets {

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

    /// What is stored of a password: scheme, salts, cost and hash.
    static String sealed(String password) {
        return inTurn(() -> Bcrypt.sealed(password));
    }

    /// Whether this is the password of which `sealed` was stored, by this scheme or an earlier one.
    static boolean opens(String password, String sealed) {
        return inTurn(() ->
                Bcrypt.made(sealed)
                        ? Bcrypt.opens(password, sealed)
                        : Pbkdf2.opens(password, sealed));
    }

    /// Whether it was stored by an earlier scheme, and is to be stored anew once the password is known.
    static boolean isOld(String sealed) {
        return !Bcrypt.made(sealed);
    }

    private static <T> T inTurn(Supplier<T> stretching) {
        TURNS.acquireUninterruptibly();
        try {
            return stretching.get();
        } finally {
            TURNS.release();
        }
    }
}
