package dev.serin.simulator.lab;

import dev.serin.engine.judge.Call;
import dev.serin.simulator.profile.PlainProfile;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One arm's calls in one run, each drawn and then asked about. Those of a plain profile are drawn
/// as [PlainProfile#call] draws them, number for number, only that no object is made of them.
final class Answers {

    private final Model model;
    private final SplittableRandom random;
    private final Reading reading;
    private final PlainReading plainReading;
    private final @Nullable PlainProfile plain;

    private @Nullable Call call;
    private double latencyMs;
    private double costUsd;
    private boolean failed;
    private boolean bad;

    /// @param model as it is under the run's seed
    Answers(Model model, SplittableRandom random, Reading reading, PlainReading plainReading) {
        this.model = model;
        this.random = random;
        this.reading = reading;
        this.plainReading = plainReading;
        this.plain = model.plain();
    }

    /// Draws the next call.
    ///
    /// @param at when it begins, in nanoseconds since the run's start
    void draw(long at) {
        if (plain != null) {
            latencyMs = plain.latencyMs(random.nextDouble());
            failed = plain.fails(random.nextDouble());
            boolean madeUp = plain.makesUp(random.nextDouble());
            double price = plain.priceUsd(random.nextDouble());
            bad = failed || madeUp;
            costUsd = failed ? 0 : price;
            return;
        }
        var drawn = model.call(at, random);
        var latency = drawn.latencyMs();
        var cost = drawn.costUsd();
        latencyMs = latency == null ? Double.NaN : latency;
        costUsd = cost == null ? Double.NaN : cost;
        bad = drawn.bad();
        call = drawn;
    }

    /// Draws the next call, of which nothing but the latency is asked.
    ///
    /// @return milliseconds; NaN if unknown
    double drawLatencyMs(long at) {
        if (plain == null) {
            draw(at);
            return latencyMs;
        }
        double drawn = plain.latencyMs(random.nextDouble());
        random.nextLong();
        random.nextLong();
        random.nextLong();
        return drawn;
    }

    /// Of the call drawn last, in milliseconds; NaN if unknown.
    double latencyMs() {
        return latencyMs;
    }

    /// Of the call drawn last; NaN if unknown.
    double costUsd() {
        return costUsd;
    }

    /// Whether anything about the call drawn last is bad.
    boolean bad() {
        return bad;
    }

    /// Writes the marks and values of the call drawn last.
    void write(long[] marks, int marksAt, double[] values, int valuesAt) {
        if (call != null) {
            reading.read(call, marks, marksAt, values, valuesAt);
        } else if (failed) {
            plainReading.failed(marks, marksAt, values, valuesAt);
        } else {
            plainReading.answer(bad, latencyMs, costUsd, marks, marksAt, values, valuesAt);
        }
    }
}
