package dev.serin.server.gateway;

/// Whether an event loop goes before all else that runs on the machine: as long as it has little to do.
///
/// A loop that is at work most of the time would take the processor from what judges rollouts, and from the
/// database. It lines up with the others then, until it has little to do again.
///
/// @param first whether it goes before others
/// @param worked nanoseconds of processor that it had taken when it was looked at
/// @param at when that was, in nanoseconds of a clock that never goes back
record Precedence(boolean first, long worked, long at) {

    /// Parts of the time that a loop may be at work: to stay first, and to become it.
    private static final double MOST = 0.25;

    private static final double LITTLE = 0.15;

    /// What it is after it was looked at again, later.
    Precedence after(long worked, long at) {
        double busy = (double) (worked - this.worked) / (at - this.at);
        return new Precedence(busy <= (first ? MOST : LITTLE), worked, at);
    }
}
