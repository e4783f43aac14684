package dev.serin.simulator.lab;

import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.simulator.traffic.Traffic;
import java.util.stream.IntStream;

/// The users of a simulated route, and where the split puts each of them.
final class Crowd {

    static final int USERS = Traffic.USERS;

    private final char[] buckets = new char[USERS];

    /// @param salt of the split
    Crowd(String salt) {
        var split = new TrafficSplit(salt);
        for (int user = 0; user < USERS; user++) {
            buckets[user] = (char) split.bucketOf(key(user));
        }
    }

    /// The key under which a user calls.
    static String key(int user) {
        return "user-" + user;
    }

    /// The users to whom a share of so many ten-thousandths is given.
    Reached below(int share) {
        return new Reached(
                IntStream.range(0, USERS).filter(user -> buckets[user] < share).toArray());
    }

    /// The user's place among ten thousand; the candidate gets those below its share.
    int bucketOf(int user) {
        return buckets[user];
    }
}
