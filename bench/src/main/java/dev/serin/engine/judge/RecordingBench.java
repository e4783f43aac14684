package dev.serin.engine.judge;

import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Taking one value, beside HdrHistogram's `recordValue`.
@State(Scope.Thread)
public class RecordingBench {

    private static final int VALUES = 1024;

    private final double[] values = new double[VALUES];
    private final long[] whole = new long[VALUES];
    private final boolean[] bad = new boolean[VALUES];
    private final Call[] calls = new Call[VALUES];
    private final org.HdrHistogram.Histogram hdr = new org.HdrHistogram.Histogram(3_600_000, 3);
    private final CountsRecorder counts = new CountsRecorder();
    private final MomentsRecorder moments = new MomentsRecorder(600_000, 0, 0);
    private final HistogramRecorder histogram = new HistogramRecorder();
    private final Recorder recorder =
            new Recorder(Tracks.of(java.util.List.of(), java.util.List.of()), Tallies.NONE);

    /// Latencies around a second, with a long tail.
    @Setup
    public void values() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < VALUES; i++) {
            values[i] = 300 + 700 * -Math.log(1 - random.nextDouble());
            whole[i] = (long) values[i];
            bad[i] = random.nextInt(20) == 0;
            calls[i] =
                    new Call(
                            bad[i],
                            bad[i] ? "5xx" : null,
                            values[i],
                            values[i] / 4,
                            0.03,
                            80L,
                            Map.of("hallucination", bad[i]));
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void hdrHistogram() {
        for (long value : whole) {
            hdr.recordValue(value);
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void counts() {
        for (boolean isBad : bad) {
            counts.record(isBad);
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void moments() {
        for (double value : values) {
            moments.record(value);
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void histogram() {
        for (double value : values) {
            histogram.record(value);
        }
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void wholeCall() {
        for (var call : calls) {
            recorder.record(call);
        }
    }
}
