package dev.serin.server.notice;

import dev.serin.server.outward.WebAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The shape in which a receiver wants to be told.
enum Kind {
    WEBHOOK,
    SLACK;

    private static final String SLACK_HOST = "hooks.slack.com";

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }

    /// What an address wants of which nothing else is known.
    static Kind of(WebAddress address) {
        return address.host().equalsIgnoreCase(SLACK_HOST) ? SLACK : WEBHOOK;
    }
}
