package dev.serin.server.rollout;

import dev.serin.web.words.Numbers;
import dev.serin.web.words.Tone;
import java.util.List;
import java.util.Locale;

/// How many rollouts are under way, in words.
///
/// @param yours wait for whoever looks
/// @param others wait for somebody else
/// @param moving wait for nobody
record Counts(int yours, int others, int moving) {

    private static final List<String> WORDS =
            List.of("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine");

    /// The most urgent first.
    String title() {
        if (yours > 0) {
            return yours == 1 ? "1 waits for you" : yours + " wait for you";
        }
        if (others > 0) {
            return others == 1 ? "1 waits" : others + " wait";
        }
        return moving > 0 ? moving + " under way" : "Rollouts";
    }

    Tone tone() {
        if (yours + others > 0) {
            return Tone.WAITING;
        }
        return moving > 0 ? Tone.MOVING : Tone.QUIET;
    }

    String sentence() {
        if (yours == 0 && others == 0) {
            return moving == 0
                    ? "Nothing is under way, and nothing waits for you."
                    : "%s under way, and nothing waits for you."
                            .formatted(moving == 1 ? "One rollout is" : count(moving) + " are");
        }
        if (yours == 0) {
            return "%s for somebody else, %s.".formatted(rolloutsWait(others), onTheirWay());
        }
        var middle =
                switch (others) {
                    case 0 -> "";
                    case 1 -> " one waits for somebody else,";
                    default -> " %s wait for somebody else,".formatted(small(others));
                };
        return "%s for you,%s %s.".formatted(rolloutsWait(yours), middle, onTheirWay());
    }

    private String onTheirWay() {
        return switch (moving) {
            case 0 -> "nothing else is under way";
            case 1 -> "one is on its way";
            default -> "%s are on their way".formatted(small(moving));
        };
    }

    private static String rolloutsWait(int many) {
        return many == 1 ? "One rollout waits" : count(many) + " rollouts wait";
    }

    private static String small(int number) {
        return count(number).toLowerCase(Locale.ROOT);
    }

    private static String count(int number) {
        return number < WORDS.size() ? WORDS.get(number) : Numbers.count(number);
    }
}
