package dev.serin.server.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// An even sample of a stream whose length nobody knows, in the stream's order: each of its items is
/// kept with the same chance (Vitter's algorithm R).
final class Reservoir<T> {

    private final int most;
    private final SplittableRandom random;
    private final List<Numbered<T>> kept = new ArrayList<>();
    private long seen;

    private record Numbered<T>(long number, T item) {}

    Reservoir(int most, SplittableRandom random) {
        this.most = most;
        this.random = random;
    }

    void add(T item) {
        seen++;
        if (kept.size() < most) {
            kept.add(new Numbered<>(seen, item));
            return;
        }
        long place = random.nextLong(seen);
        if (place < most) {
            kept.set((int) place, new Numbered<>(seen, item));
        }
    }

    long seen() {
        return seen;
    }

    List<T> inOrder() {
        return kept.stream()
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::item)
                .toList();
    }
}
