package dev.serin.server.access;

import java.util.Locale;
import java.util.Optional;

/// What a password that a person chooses has to be.
final class Passwords {

    private static final int FEWEST_DIFFERENT = 5;

    private Passwords() {}

    /// What is wrong with a password, in a sentence that says what to do.
    ///
    /// @param name of the account
    /// @param again the same, typed once more
    static Optional<String> wrong(String name, String password, String again) {
        if (password.length() < Accounts.SHORTEST) {
            return Optional.of(
                    "The password has %d characters; use %d or more."
                            .formatted(password.length(), Accounts.SHORTEST));
        }
        if (password.length() > Accounts.LONGEST) {
            return Optional.of(
                    "The password has %d characters; use %,d or fewer."
                            .formatted(password.length(), Accounts.LONGEST));
        }
        if (password.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            return Optional.of(
                    "The password is made of few letters; use %d different ones or more."
                            .formatted(FEWEST_DIFFERENT));
        }
        if (isMostly(name, password)) {
            return Optional.of(
                    "The password is little more than the account’s name; use other words.");
        }
        return password.equals(again)
                ? Optional.empty()
                : Optional.of("The two passwords differ. Type them again.");
    }

    private static boolean isMostly(String name, String password) {
        var rest = password.toLowerCase(Locale.ROOT).replace(name.toLowerCase(Locale.ROOT), "");
        return !name.isEmpty() && rest.length() < Accounts.SHORTEST / 2;
    }
}
