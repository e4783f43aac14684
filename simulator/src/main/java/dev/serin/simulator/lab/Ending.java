package dev.serin.simulator.lab;

/// How one run ended.
///
/// @param reason what ended it, or what it waits for, alike for alike runs
/// @param calls candidate calls seen until then
/// @param nanos virtual time until then
/// @param given candidate calls that had begun
/// @param keys distinct callers of these
/// @param badCalls those of them of which anything is bad
/// @param usd spent on them
record Ending(
        Fate fate,
        String reason,
        long calls,
        long nanos,
        long given,
        int keys,
        long badCalls,
        double usd) {

    enum Fate {
        PROMOTED,
        ROLLED_BACK,
        STUCK
    }
}
