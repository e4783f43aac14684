package dev.serin.server.otlp;

import java.util.Objects;

/// Names of events.
final class Events {

    /// A verdict on an answer.
    static final String EVALUATION = "gen_ai.evaluation.result";

    private Events() {}

    /// The name of a record that carries it as an attribute, as records did before they had names.
    static String nameIn(Attributes attributes) {
        return Objects.requireNonNullElse(attributes.text("event.name"), "");
    }

    /// Whether a flag was evaluated: as it is called now, and as it was called before.
    static boolean isFlag(Event event) {
        return event.name().equals("feature_flag.evaluation")
                || event.name().equals("feature_flag");
    }
}
