package dev.serin.engine.judge;

/// What a call can be measured by: what Serin knows of every call, or a number that a plan asks for by
/// name.
public sealed interface Measure permits Quantity, Measure.Named {

    /// A number that calls carry under a name, such as `output_words`: 0 to [Call#MOST_NUMBER], in
    /// whatever unit its sender counts.
    ///
    /// @param name 1 to 200 characters
    record Named(String name) implements Measure {

        /// No name is longer.
        public static final int MOST_NAME = 200;

        public Named {
            if (name.isBlank() || name.length() > MOST_NAME) {
                throw new IllegalArgumentException(
                        "a number's name has 1 to %d characters, got \"%s\""
                                .formatted(MOST_NAME, name));
            }
        }
    }
}
