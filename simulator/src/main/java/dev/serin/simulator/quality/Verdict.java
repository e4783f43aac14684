package dev.serin.simulator.quality;

/// How a rule ended one run.
///
/// @param calls candidate calls until then
record Verdict(Kind kind, long calls) {

    enum Kind {
        ROLLED_BACK,
        PROMOTED,
        UNDECIDED
    }
}
