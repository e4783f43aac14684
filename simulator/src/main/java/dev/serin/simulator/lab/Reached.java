package dev.serin.simulator.lab;

/// The users whose calls a step sends to the candidate, numbered from 0 without gaps: what is kept by
/// number stays small where few are reached.
final class Reached {

    private final long[] bits = new long[(Crowd.USERS + Long.SIZE - 1) / Long.SIZE];

    /// How many there are before each word of the bits.
    private final char[] before = new char[bits.length];

    private final int size;

    Reached(int[] users) {
        for (int user : users) {
            bits[user >> 6] |= 1L << user;
        }
        int sum = 0;
        for (int word = 0; word < bits.length; word++) {
            before[word] = (char) sum;
            sum += Long.bitCount(bits[word]);
        }
        size = sum;
    }

    int size() {
        return size;
    }

    /// 1 if the user is among them, else 0.
    int countOf(int user) {
        return (int) (bits[user >> 6] >>> user) & 1;
    }

    /// The number of a user who is among them, below [#size()].
    int number(int user) {
        int word = user >> 6;
        return before[word] + Long.bitCount(bits[word] & ((1L << user) - 1));
    }
}
