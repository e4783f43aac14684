package dev.serin.server.replay;

import java.util.ArrayList;
import java.util.List;

/// Counts rows that could not be read, and names the first of them.
final class BadRows {

    static final int NAMED = 20;

    private final List<BadRow> named = new ArrayList<>();
    private long count;

    void add(long line, String why) {
        count++;
        if (named.size() < NAMED) {
            named.add(new BadRow(line, why));
        }
    }

    long count() {
        return count;
    }

    List<BadRow> named() {
        return List.copyOf(named);
    }
}
