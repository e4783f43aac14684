package dev.serin.server.replay;

import dev.serin.engine.judge.Call;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The calls of one file, or an even sample of them.
///
/// @param file its name
/// @param calls in the file's order, at least one
/// @param inFile readable calls in the file, at least as many as are kept
/// @param badRows rows that could not be read or do not count
/// @param named the first of these
record CallSample(
        String file, List<RecordedCall> calls, long inFile, long badRows, List<BadRow> named) {

    /// Calls of a file that are kept at most.
    static final int MOST = 100_000;

    CallSample {
        calls = List.copyOf(calls);
        named = List.copyOf(named);
        if (calls.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no calls");
        }
    }

    boolean holds(Predicate<Call> what) {
        return calls.stream().map(RecordedCall::call).anyMatch(what);
    }

    /// Hands out the calls: first each one in the file's order, then any of them again.
    Draw draw(SplittableRandom random) {
        return new Draw(random);
    }

    /// A way through the sample that counts what it hands out. It belongs to one thread.
    final class Draw implements Supplier<Call> {

        private final SplittableRandom random;
        private long handedOut;

        private Draw(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public Call get() {
            int index = handedOut < calls.size() ? (int) handedOut : random.nextInt(calls.size());
            handedOut++;
            return calls.get(index).call();
        }

        /// How often a call was handed out that had been handed out before, or may have been.
        long again() {
            return Math.max(0, handedOut - calls.size());
        }
    }
}
