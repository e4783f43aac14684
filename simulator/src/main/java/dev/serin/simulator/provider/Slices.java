package dev.serin.simulator.provider;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text into what is sent at one time.
final class Slices {

    /// Tokens that come faster than so are sent together, as providers do.
    private static final double LEAST_GAP_MS = 20;

    private static final int TOGETHER = 8;

    private Slices() {}

    /// @param text some words, with the space between them and those before
    record Slice(double afterMs, String text) {}

    static List<Slice> of(Turn turn, List<String> words) {
        double perWord =
                words.size() < 2 ? 0 : (turn.latencyMs() - turn.ttftMs()) / (words.size() - 1);
        int together = perWord == 0 ? TOGETHER : (int) Math.ceil(LEAST_GAP_MS / perWord);
        var slices = new ArrayList<Slice>();
        // The first token comes alone, at its time; of the others each slice waits for its last
        // one.
        for (int from = 0; from < words.size(); ) {
            int to = from == 0 ? 1 : Math.min(words.size(), from + Math.max(1, together));
            var text = (from == 0 ? "" : " ") + String.join(" ", words.subList(from, to));
            slices.add(new Slice(turn.ttftMs() + perWord * (to - 1), text));
            from = to;
        }
        return slices;
    }
}
