package dev.serin.engine.traffic;

import java.util.List;

/// Whether the traffic was split as it was ordered, judged on units that were assigned
/// independently: first-seen keys, never calls, for one chatty caller is one unit.
///
/// The evidence is the Dirichlet-multinomial mixture against the ordered split; it may be looked at
/// after every unit.
///
/// @param state what may be said
/// @param logEvidence evidence against the ordered split, in nats
/// @param units how many were assigned
/// @see <a href="https://arxiv.org/abs/2011.03567">Lindon and Malek, Anytime-valid inference for
///     multinomial count data, 2022</a>
public record SampleRatio(State state, double logEvidence, long units) {

    /// What may be said of a split.
    public enum State {
        /// Too few units to notice anything. Not the same as fine.
        TOO_EARLY,
        /// Nothing speaks against the split.
        AS_ORDERED,
        /// The split is not the one that was ordered: nothing may be judged, a person must look.
        SKEWED
    }

    /// How firmly the ordered split is believed before the first unit.
    private static final double CONCENTRATION = 100;

    private static final double ALARM = Math.log(1000);

    /// Units of the smaller arm that must be expected before silence says anything: 200 at 5 %.
    private static final double LEAST_EXPECTED = 10;

    /// Judges two arms.
    ///
    /// @param share the candidate's ordered part, 0 to 1
    public static SampleRatio of(double share, long candidate, long baseline) {
        if (!(share >= 0 && share <= 1) || candidate < 0 || baseline < 0) {
            throw new IllegalArgumentException(
                    "a split has a share of 0 to 1 and counts of 0 or more, got %s, %d, %d"
                            .formatted(share, candidate, baseline));
        }
        long units = candidate + baseline;
        if ((share == 0 && candidate > 0) || (share == 1 && baseline > 0)) {
            return new SampleRatio(State.SKEWED, Double.POSITIVE_INFINITY, units);
        }
        if (share == 0 || share == 1) {
            return new SampleRatio(State.AS_ORDERED, 0, units);
        }
        double log = logEvidence(List.of(share, 1 - share), List.of(candidate, baseline));
        double expected = units * Math.min(share, 1 - share);
        var state =
                log >= ALARM
                        ? State.SKEWED
                        : expected < LEAST_EXPECTED ? State.TOO_EARLY : State.AS_ORDERED;
        return new SampleRatio(state, log, units);
    }

    /// Evidence against a split over any number of arms, in nats.
    ///
    /// @param split ordered parts, each above 0, with sum 1
    /// @param counts units by arm
    static double logEvidence(List<Double> split, List<Long> counts) {
        return logEvidence(split, counts, CONCENTRATION);
    }

    static double logEvidence(List<Double> split, List<Long> counts, double concentration) {
        double n = 0;
        double log = 0;
        for (int i = 0; i < counts.size(); i++) {
            double part = concentration * split.get(i);
            double count = counts.get(i);
            n += count;
            log += LogGamma.of(part + count) - LogGamma.of(part) - count * Math.log(split.get(i));
        }
        return log + LogGamma.of(concentration) - LogGamma.of(concentration + n);
    }
}
