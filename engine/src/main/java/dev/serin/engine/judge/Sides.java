package dev.serin.engine.judge;

/// One arm's sums as each kind of evidence takes them: they differ where calls wait for their labels.
///
/// @param told only what is known
/// @param rising for evidence that the number is higher: waiting calls at its low end
/// @param falling for evidence that it is lower: waiting calls at its high end
record Sides(Sums told, Sums rising, Sums falling) {

    /// Where nothing waits.
    static Sides alike(Sums sums) {
        return new Sides(sums, sums, sums);
    }
}
