package dev.serin.server.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// How passwords were stored once: `pbkdf2-sha256$ROUNDS$SALT$HASH`. Nothing is stored so any more.
final class Pbkdf2 {

    private static final int BITS = 256;
    private static final String SCHEME = "pbkdf2-sha256";

    private Pbkdf2() {}

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
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2", e);
        }
    }
}
