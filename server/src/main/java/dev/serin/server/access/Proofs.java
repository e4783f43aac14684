package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serin.server.Bounded;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Remembers which names and passwords were right, so that a call of a model need not wait for the
/// database. Kept are digests under a key that lives as long as the process.
///
/// A proof is asked for anew behind the back of a call once it is old; one that is wrong by then is
/// forgotten. While the database is away a proof stands.
@Singleton
class Proofs {

    /// How long a changed password may still open, and a role that was taken still holds, for models.
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final int MOST = 1_000;

    /// A name and password that were right.
    ///
    /// @param visitor whose they are, with what they might do then
    /// @param toAsk whether whoever hears this is to ask anew
    record Proof(Visitor visitor, boolean toAsk) {}

    private record Proven(Visitor visitor, long since) {}

    private final byte[] key = Secrets.token().getBytes(UTF_8);
    private final LongSupplier nanos;
    private final Map<String, Proven> proven = Bounded.byUse(MOST);

    @jakarta.inject.Inject
    Proofs() {
        this(System::nanoTime);
    }

    Proofs(LongSupplier nanos) {
        this.nanos = nanos;
    }

    Optional<Proof> of(String name, String password) {
        var digest = digest(name, password);
        long now = nanos.getAsLong();
        synchronized (proven) {
            var before = proven.get(digest);
            if (before == null) {
                return Optional.empty();
            }
            boolean old = now - before.since() >= FRESH.toNanos();
            if (old) {
                // Others need not ask while this one does.
                proven.put(digest, new Proven(before.visitor(), now));
            }
            return Optional.of(new Proof(before.visitor(), old));
        }
    }

    /// @param name as it was sent with the password; empty with a token
    void right(String name, String password, Visitor visitor) {
        var digest = digest(name, password);
        synchronized (proven) {
            proven.put(digest, new Proven(visitor, nanos.getAsLong()));
        }
    }

    void wrong(String name, String password) {
        var digest = digest(name, password);
        synchronized (proven) {
            proven.remove(digest);
        }
    }

    /// Forgets all that was proven of whoever the journal calls so.
    void forget(String visitor) {
        synchronized (proven) {
            proven.values().removeIf(known -> visitor.equals(known.visitor().name()));
        }
    }

    private String digest(String name, String password) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            digest.update(name.getBytes(UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(password.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
