package dev.serin.server.access;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// What is stored of passwords instead of them.
@Singleton
class Seals {

    private final int cost;

    /// A guess costs a quarter of a second of a core; strangers must not take all of them.
    private final Semaphore turns = new Semaphore(2);

    Seals(AccessConfig config) {
        this.cost = config.passwordCost();
    }

    /// What is stored of a password: scheme, salts, cost and hash.
    String of(String password) {
        return inTurn(() -> Bcrypt.sealed(password, cost));
    }

    /// Whether this is the password of which `sealed` was stored, by this scheme or an earlier one.
    boolean opens(String password, String sealed) {
        return inTurn(() ->
                Bcrypt.made(sealed)
                        ? Bcrypt.opens(password, sealed)
                        : Pbkdf2.opens(password, sealed));
    }

    /// Whether it was stored by an earlier scheme or at a lower cost, and is to be stored anew once the
    /// password is known.
    boolean isOld(String sealed) {
        return !Bcrypt.made(sealed) || Bcrypt.cost(sealed) < cost;
    }

    private <T> T inTurn(Supplier<T> stretching) {
        turns.acquireUninterruptibly();
        try {
            return stretching.get();
        } finally {
            turns.release();
        }
    }
}
