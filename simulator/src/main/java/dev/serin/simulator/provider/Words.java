package dev.serin.simulator.provider;

import java.util.ArrayList;
import java.util.List;

/// Texts of a wanted length. One word counts as one token.
public final class Words {

    private static final String MADE_UP = "Serins spend the winter under ice.";

    private static final List<String> SENTENCES =
            List.of(
                    "The serin is a small finch that sings from the top of a tree.",
                    "It lives at the edge of woods and in gardens.",
                    "Its song is a long and hurried jingle of high notes.",
                    "The wild canary is its nearest relative.",
                    "Both birds eat seeds and feed them to their young.",
                    "Miners took canaries along because they notice bad air first.",
                    "A bird that fell silent sent everybody up at once.",
                    "Nobody waited for a second bird to be sure.",
                    "In winter most serins move to the south.",
                    "They come back in March and build a nest of moss and hair.");

    private static final List<List<String>> BY_WORD =
            SENTENCES.stream().map(sentence -> List.of(sentence.split(" "))).toList();

    private Words() {}

    /// A text of so many words, the same for the same `start`.
    ///
    /// @param count 1 or more
    /// @param madeUp whether it says something that is not so; it then has six words at least
    static List<String> of(int count, long start, boolean madeUp) {
        var words = new ArrayList<String>(count + 16);
        if (madeUp) {
            words.addAll(List.of(MADE_UP.split(" ")));
        }
        int sentence = (int) Math.floorMod(start, (long) BY_WORD.size());
        while (words.size() < count) {
            words.addAll(BY_WORD.get(sentence));
            sentence = (sentence + 1) % BY_WORD.size();
        }
        return List.copyOf(words.subList(0, madeUp ? Math.max(6, count) : count));
    }

    /// Whether a stand-in's answer says something that is not so.
    public static boolean areMadeUp(String answer) {
        return answer.contains(MADE_UP);
    }
}
