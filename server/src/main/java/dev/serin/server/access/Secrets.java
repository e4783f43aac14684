package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Random tokens, and what is stored of tokens instead of them.
final class Secrets {

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
}
