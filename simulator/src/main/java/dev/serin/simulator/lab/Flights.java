package dev.serin.simulator.lab;

import java.util.Arrays;

/// Calls that have begun and are not yet seen. Nothing is allocated per call.
final class Flights {

    private static final int INDEX_BITS = 20;
    private static final int FEW = 8;

    /// A call's user, step and arm in one number: the user lowest, the arm highest.
    private static final int USER_BITS = 16;

    private static final int STEP_BITS = 14;

    private final int words;
    private final int values;
    private int[] onTheWay = new int[64];
    private int flying;
    private int[] free = new int[64];
    private int freed;
    private int slots;
    private long[] seen = new long[64];
    private long[] began = new long[64];
    private int[] whose = new int[64];
    private long[] marks;
    private double[] numbers;
    private int[] landed = new int[64];
    private long[] order = new long[64];

    /// @param words of marks that each call carries
    /// @param values that each call carries
    Flights(int words, int values) {
        this.words = words;
        this.values = values;
        marks = new long[64 * words];
        numbers = new double[64 * values];
    }

    void clear() {
        flying = 0;
        freed = 0;
        slots = 0;
    }

    /// A call begins; its marks and values are for the caller to fill.
    int begin(int ofStep, boolean ofCandidate, int ofUser, long at, long seenAt) {
        int slot = freed > 0 ? free[--freed] : slots++;
        if (slot == seen.length) {
            grow();
        }
        whose[slot] =
                (ofCandidate ? 1 << (USER_BITS + STEP_BITS) : 0) | ofStep << USER_BITS | ofUser;
        began[slot] = at;
        seen[slot] = seenAt;
        if (flying == onTheWay.length) {
            onTheWay = Arrays.copyOf(onTheWay, 2 * flying);
        }
        onTheWay[flying++] = slot;
        return slot;
    }

    /// Takes out the calls that are seen by `now`, the first seen first, and says how many;
    /// [#landed(int)] tells them until the next call begins.
    int land(long since, long now) {
        int count = 0;
        int kept = 0;
        for (int i = 0; i < flying; i++) {
            int slot = onTheWay[i];
            if (seen[slot] > now) {
                onTheWay[kept++] = slot;
                continue;
            }
            if (count == landed.length) {
                landed = Arrays.copyOf(landed, 2 * count);
                order = Arrays.copyOf(order, 2 * count);
            }
            landed[count] = slot;
            order[count] = (Math.max(0, seen[slot] - since) << INDEX_BITS) | count;
            count++;
        }
        flying = kept;
        if (count >= 1 << INDEX_BITS) {
            throw new IllegalStateException("more than a million calls between two looks");
        }
        if (count > FEW) {
            Arrays.sort(order, 0, count);
        } else {
            sortFew(count);
        }
        while (freed + count > free.length) {
            free = Arrays.copyOf(free, 2 * free.length);
        }
        for (int i = 0; i < count; i++) {
            free[freed++] = landed[i];
        }
        return count;
    }

    /// Mostly there are two or three, whom a sort for many would keep waiting.
    private void sortFew(int count) {
        for (int i = 1; i < count; i++) {
            long next = order[i];
            int at = i;
            for (; at > 0 && order[at - 1] > next; at--) {
                order[at] = order[at - 1];
            }
            order[at] = next;
        }
    }

    /// The slot of the i-th call that landed.
    int landed(int i) {
        return landed[(int) (order[i] & ((1 << INDEX_BITS) - 1))];
    }

    int step(int slot) {
        return whose[slot] >>> USER_BITS & ((1 << STEP_BITS) - 1);
    }

    boolean toCandidate(int slot) {
        return whose[slot] >>> (USER_BITS + STEP_BITS) != 0;
    }

    int user(int slot) {
        return whose[slot] & ((1 << USER_BITS) - 1);
    }

    long began(int slot) {
        return began[slot];
    }

    long[] marks() {
        return marks;
    }

    int marksAt(int slot) {
        return slot * words;
    }

    double[] values() {
        return numbers;
    }

    int valuesAt(int slot) {
        return slot * values;
    }

    private void grow() {
        int size = 2 * seen.length;
        seen = Arrays.copyOf(seen, size);
        began = Arrays.copyOf(began, size);
        whose = Arrays.copyOf(whose, size);
        marks = Arrays.copyOf(marks, size * words);
        numbers = Arrays.copyOf(numbers, size * values);
    }
}
