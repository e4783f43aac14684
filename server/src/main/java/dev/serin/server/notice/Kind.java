package dev.serin.server.notice;

import dev.serin.server.outward.Destination;
import dev.serin.server.outward.MailAddress;
import dev.serin.server.outward.WebAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The shape in which a receiver wants to be told.
enum Kind {
    WEBHOOK("webhook"),
    SLACK("Slack"),
    EMAIL("e-mail");

    private static final String SLACK_HOST = "hooks.slack.com";

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }

    /// What an address wants of which nothing else is known.
    static Kind of(Destination destination) {
        return switch (destination) {
            case MailAddress _ -> EMAIL;
            case WebAddress web -> web.host().equalsIgnoreCase(SLACK_HOST) ? SLACK : WEBHOOK;
        };
    }

    /// Whether what is sent in this shape is signed.
    boolean isSigned() {
        return this == WEBHOOK;
    }

    /// Whether it can be sent there in this shape.
    boolean suits(Destination destination) {
        return switch (destination) {
            case MailAddress _ -> this == EMAIL;
            case WebAddress _ -> this != EMAIL;
        };
    }
}
