package dev.serin.server.evidence;

import dev.serin.engine.traffic.Arm;

/// Arms as they are stored: 0 the baseline, 1 the candidate.
final class StoredArm {

    private StoredArm() {}

    static int number(Arm arm) {
        return switch (arm) {
            case BASELINE -> 0;
            case CANDIDATE -> 1;
        };
    }

    static Arm of(int number) {
        return number == 0 ? Arm.BASELINE : Arm.CANDIDATE;
    }
}
