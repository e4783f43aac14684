package dev.serin.server.profile;

import dev.serin.engine.judge.Quantity;
import dev.serin.server.replay.RecordedCall;
import dev.serin.server.replay.Recording;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a baseline's recorded calls measure.
///
/// @param errors null if no call says whether it failed
/// @param hallucinations null if no call is labelled
/// @param perSecond calls a second; NaN if the calls have no times
record Measured(
        String file,
        @Nullable Part errors,
        @Nullable Part hallucinations,
        Spread ttftMs,
        Spread msPerToken,
        Spread latencyMs,
        Spread costUsd,
        double perSecond) {

    private static final String HALLUCINATION = "hallucination";

    /// Bad calls among those that say anything of it.
    record Part(long bad, long of) {

        /// Standard deviations of a two-sided interval of 95 %.
        private static final double Z = 1.96;

        double rate() {
            return bad / (double) of;
        }

        /// Upper end of its 95 % interval (Wilson 1927), 0 to 1.
        double upper() {
            return end(1);
        }

        double lower() {
            return Math.max(0, end(-1));
        }

        private double end(int side) {
            double z2 = Z * Z;
            double middle = rate() + z2 / (2 * of);
            double half = Z * Math.sqrt(rate() * (1 - rate()) / of + z2 / (4.0 * of * of));
            return (middle + side * half) / (1 + z2 / of);
        }

        String text() {
            return "%s%% of %,d calls (95 %% interval %s%% to %s%%)"
                    .formatted(
                            Spread.shown(100 * rate()),
                            of,
                            Spread.shown(100 * lower()),
                            Spread.shown(100 * upper()));
        }
    }

    static Measured of(Recording recording) {
        var rhythm =
                RhythmFit.of(
                        recording.calls().stream()
                                .map(RecordedCall::at)
                                .filter(Objects::nonNull)
                                .toList());
        return new Measured(
                recording.file(),
                part(
                        recording.calls().stream()
                                .map(it -> it.call().error())
                                .filter(Objects::nonNull)),
                part(
                        recording.answers().stream()
                                .map(it -> it.call().labels().get(HALLUCINATION))
                                .filter(Objects::nonNull)),
                spread(recording, Quantity.TTFT_MS),
                spread(recording, Quantity.MS_PER_TOKEN),
                spread(recording, Quantity.LATENCY_MS),
                spread(recording, Quantity.COST_USD),
                rhythm == null ? Double.NaN : rhythm.perSecond());
    }

    private static @Nullable Part part(Stream<Boolean> marks) {
        var all = marks.toList();
        return all.isEmpty()
                ? null
                : new Part(all.stream().filter(Predicate.isEqual(true)).count(), all.size());
    }

    private static Spread spread(Recording recording, Quantity of) {
        return Spread.of(
                recording.answers().stream()
                        .map(it -> it.call().measure(of))
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue));
    }
}
