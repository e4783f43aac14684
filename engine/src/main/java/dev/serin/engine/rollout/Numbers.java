package dev.serin.engine.rollout;

import java.time.Duration;

/// Numbers as a reason tells them.
final class Numbers {

    private Numbers() {}

    static String span(Duration time) {
        if (time.toHours() >= 1 && time.toMinutesPart() == 0 && time.toSecondsPart() == 0) {
            return time.toHours() + " h";
        }
        return time.toMinutes() >= 1 && time.toSecondsPart() == 0
                ? time.toMinutes() + " min"
                : time.toSeconds() + " s";
    }
}
