package dev.serin.engine.embed;

final class Targets {

    private Targets() {}

    static void requirePart(double target) {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("a target lies between 0 and 1, got " + target);
        }
    }
}
