package dev.serin.simulator.lab;

import java.util.Arrays;

/// Calls and bad calls of one arm of one step, by stretch and track.
final class Counts {

    /// What a call adds by its mark: one call in the upper half, and one in the lower if it is bad.
    private static final long[] ADDED = new long[Reading.GOOD + Reading.BAD + 1];

    static {
        ADDED[Reading.GOOD] = 1L << Integer.SIZE;
        ADDED[Reading.BAD] = 1L << Integer.SIZE | 1;
    }

    private final int tracks;
    private final long[] cells;

    Counts(int tracks) {
        this.tracks = tracks;
        this.cells = new long[Ledger.STRETCHES * tracks];
    }

    void clear() {
        Arrays.fill(cells, 0);
    }

    /// Takes a call that began in the stretch.
    void add(int stretch, long[] marks, int marksAt) {
        int at = stretch * tracks;
        long word = 0;
        for (int i = 0; i < tracks; i++) {
            if (i % Reading.PER_WORD == 0) {
                word = marks[marksAt + i / Reading.PER_WORD];
            }
            cells[at + i] += ADDED[(int) word & (Reading.GOOD | Reading.BAD)];
            word >>>= 2;
        }
    }

    /// Makes `factor` stretches one.
    void widen(int factor) {
        for (int stretch = 0; stretch < Ledger.STRETCHES; stretch++) {
            for (int i = 0; i < tracks; i++) {
                int from = stretch * tracks + i;
                int to = stretch / factor * tracks + i;
                cells[to] = stretch % factor == 0 ? cells[from] : cells[to] + cells[from];
            }
        }
        Arrays.fill(cells, Ledger.STRETCHES / factor * tracks, cells.length, 0);
    }

    /// Calls of the stretch that count for the track.
    int n(int track, int stretch) {
        return (int) (cells[stretch * tracks + track] >>> Integer.SIZE);
    }

    /// Those of them that are bad.
    int bad(int track, int stretch) {
        return (int) cells[stretch * tracks + track];
    }

    int n(int track) {
        int sum = 0;
        for (int stretch = 0; stretch < Ledger.STRETCHES; stretch++) {
            sum += n(track, stretch);
        }
        return sum;
    }

    int bad(int track) {
        int sum = 0;
        for (int stretch = 0; stretch < Ledger.STRETCHES; stretch++) {
            sum += bad(track, stretch);
        }
        return sum;
    }
}
