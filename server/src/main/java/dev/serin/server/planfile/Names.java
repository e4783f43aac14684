package dev.serin.server.planfile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What a name may be, and which name was meant.
final class Names {

    static final int LONGEST = 200;

    private Names() {}

    /// Whether `character` shows as itself: no control character, no half of a pair, nothing that
    /// turns the direction of the text around it.
    static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    false;
            default -> !turnsDirection(character);
        };
    }

    /// The name among `known` that is nearest to `written`, if it is near enough to be meant.
    static Optional<String> nearest(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        var bare = bare(written);
        return known.stream()
                .filter(name -> isNear(bare, bare(name)))
                .min(Comparator.comparingInt(name -> distance(bare, bare(name))));
    }

    /// `; did you mean NAME?`, or all names if none is near.
    static String meant(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "; did you mean " + name + "?")
                .orElseGet(() ->
                        (known.size() == 1 ? "; write " : "; write one of ")
                                + String.join(", ", known));
    }

    private static boolean isNear(String bare, String name) {
        boolean begun = bare.length() >= 3 && name.startsWith(bare);
        return begun || distance(bare, name) <= Math.max(1, bare.length() / 3);
    }

    private static boolean turnsDirection(int character) {
        return character == 0x200E
                || character == 0x200F
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    private static String bare(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(java.util.Locale.ROOT);
    }

    /// Single-character edits between two names (Levenshtein).
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
