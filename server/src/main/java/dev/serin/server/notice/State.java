package dev.serin.server.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What has become of a letter.
enum State {
    /// It is sent when its time comes.
    WAITS("waits"),
    /// Its receiver has taken it, and is never sent it again.
    DELIVERED("delivered"),
    /// It is not sent any more, unless somebody wants it to be.
    DEAD("dead letter");

    private final String words;

    State(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /// As it is stored.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<State> of(String key) {
        return Arrays.stream(values()).filter(state -> state.key().equals(key)).findFirst();
    }
}
