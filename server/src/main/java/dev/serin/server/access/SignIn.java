package dev.serin.server.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.Optional;

/// Proves by name and password who somebody is, and slows down whoever guesses: by the address that
/// asks, and by the name that is asked for.
@ApplicationScoped
class SignIn {

    /// What a page says to whoever was [Answer.Busy].
    static final String TOO_MANY = "Too many are signing in at once. Try again in a second.";

    private final Accounts accounts;
    private final Tries tries;
    private final Locks locks;
    private final Event<Happened> happened;

    SignIn(Accounts accounts, Tries tries, Locks locks, Event<Happened> happened) {
        this.accounts = accounts;
        this.tries = tries;
        this.locks = locks;
        this.happened = happened;
    }

    /// What came of a try.
    sealed interface Answer {

        record Known(Visitor visitor) implements Answer {}

        /// Name and password do not belong together, or the account may not sign in.
        record Wrong() implements Answer {}

        /// Too many wrong ones before: nothing is said of this one.
        record Wait(Duration left) implements Answer {}

        /// Too many at this moment: nothing is said of this one, nor is it counted.
        record Busy() implements Answer {}
    }

    Answer by(String name, String password, String address) {
        var wait = tries.waitOf(address);
        if (wait.isPositive()) {
            return new Answer.Wait(wait);
        }
        var known = accounts.known(name.strip(), password);
        if (known.isPresent()) {
            return told(name, known, address);
        }
        if (!tries.begin(address)) {
            return new Answer.Busy();
        }
        try {
            // Others of this address may have been wrong since it was looked at.
            wait = tries.waitOf(address);
            return wait.isPositive()
                    ? new Answer.Wait(wait)
                    : told(name, accounts.named(name.strip(), password), address);
        } finally {
            tries.end(address);
        }
    }

    private Answer told(String name, Optional<Visitor> visitor, String address) {
        // Asked after the password, so that of many tries at once none slips by.
        var locked = locks.leftOf(name, address);
        if (locked.isPositive()) {
            tries.wrong(address);
            return new Answer.Wait(locked);
        }
        if (visitor.isPresent()) {
            tries.right(address);
            locks.right(name);
            return new Answer.Known(visitor.get());
        }
        tries.wrong(address);
        var who = Visitor.clean(name);
        happened.fire(Happened.now(who, address, Happened.What.SIGN_IN_REFUSED));
        if (locks.wrong(name)) {
            happened.fire(Happened.now(who, address, Happened.What.NAME_LOCKED));
        }
        return new Answer.Wrong();
    }
}
