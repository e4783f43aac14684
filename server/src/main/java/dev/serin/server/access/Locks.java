package dev.serin.server.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/// Locks a name after ten wrong passwords in a row, for a quarter of an hour, on all servers.
///
/// Names that nobody has are locked like others, so that a lock tells nobody which there are. It does not
/// hold at an address where the account is signed in, so that no stranger can keep somebody out of the
/// place where they work.
@ApplicationScoped
class Locks {

    static final int FREE = 10;
    static final Duration LASTS = Duration.ofMinutes(15);

    /// Rows are kept no longer than this, whoever wrote them.
    private static final Duration KEPT = Duration.ofDays(1);

    private final InstantSource clock;

    Locks(InstantSource clock) {
        this.clock = clock;
    }

    /// How long this name has to wait before its next try from this address; zero if it need not.
    Duration leftOf(String name, String address) {
        var left = leftOf(name);
        return left.isPositive() && isSignedIn(name, address) ? Duration.ZERO : left;
    }

    /// How long this name has to wait where it is not signed in.
    Duration leftOf(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    WrongPasswordRow row = WrongPasswordRow.findById(hash(name));
                    if (row == null || row.wrong < FREE) {
                        return Duration.ZERO;
                    }
                    var left = Duration.between(clock.instant(), row.lastAt.plus(LASTS));
                    return left.isPositive() ? left : Duration.ZERO;
                });
    }

    /// Counts a wrong password.
    ///
    /// @return whether it was the one that locked the name
    boolean wrong(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    var now = clock.instant();
                    WrongPasswordRow.delete("lastAt < ?1", now.minus(KEPT));
                    return WrongPasswordRow.add(hash(name), now, now.minus(LASTS)) == FREE;
                });
    }

    /// Forgets the wrong ones.
    void right(String name) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    var hash = hash(name);
                    if (WrongPasswordRow.findById(hash) != null) {
                        WrongPasswordRow.deleteById(hash);
                    }
                });
    }

    private static boolean isSignedIn(String name, String address) {
        return QuarkusTransaction.requiringNew()
                .call(() -> SessionRow.isSignedIn(name, address, Instant.now()));
    }

    private static String hash(String name) {
        return Secrets.digest(name.strip().toLowerCase(Locale.ROOT));
    }
}
