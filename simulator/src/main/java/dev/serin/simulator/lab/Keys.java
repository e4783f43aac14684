package dev.serin.simulator.lab;

import java.util.Arrays;

/// Some of the users.
final class Keys {

    private final long[] met = new long[(Crowd.USERS + Long.SIZE - 1) / Long.SIZE];

    void clear() {
        Arrays.fill(met, 0);
    }

    /// Meets a user; whether it is for the first time.
    boolean meets(int user) {
        long bit = 1L << user;
        int word = user >> 6;
        long before = met[word];
        met[word] = before | bit;
        return (before & bit) == 0;
    }
}
