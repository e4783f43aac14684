package dev.serin.simulator.profile;

/// A label that answers carry.
///
/// @param label its name
/// @param rate part of the labelled answers that are bad, 0 to 1
/// @param share part of the answers that are labelled, 0 to 1
/// @param delayMs from the answer to its label, in milliseconds
public record Verdict(String label, double rate, double share, Distribution delayMs) {

    public Verdict {
        if (label.isBlank()) {
            throw new IllegalArgumentException("a label has a name");
        }
        require("a rate", rate);
        require("a share", share);
    }

    private static void require(String what, double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException(what + " is 0 to 1, got " + part);
        }
    }
}
