package dev.serin.engine.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Callers who get an arm by who they are, whatever the split says of their key. Their calls say
/// nothing about the split: they are counted apart and never judged.
///
/// Who is in both lists never gets the candidate.
///
/// @param always who gets the candidate for as long as the rollout is under way
/// @param never who stays with the baseline for as long
public record Forced(List<Who> always, List<Who> never) {

    /// A list may not name more.
    public static final int MOST = 20;

    /// Nobody may stand for more names.
    public static final int MOST_NAMES = 100;

    public Forced {
        always = List.copyOf(always);
        never = List.copyOf(never);
        if (always.isEmpty() && never.isEmpty()) {
            throw new IllegalArgumentException("nobody is forced; leave it out");
        }
        if (always.size() > MOST || never.size() > MOST) {
            throw new IllegalArgumentException(
                    "at most %d may be forced to an arm, got %d and %d"
                            .formatted(MOST, always.size(), never.size()));
        }
    }

    /// By what callers are known.
    public sealed interface Who {

        /// Whether a call is one of these.
        ///
        /// @param header asks for a header of the call, or what stands for it; null if there is none
        boolean is(String key, Function<String, @Nullable String> header);
    }

    /// Calls with a header.
    ///
    /// @param name in whatever case
    /// @param values one of which it has; none for any
    public record Header(String name, List<String> values) implements Who {

        public Header {
            values = List.copyOf(values);
            requireFew(values);
        }

        @Override
        public boolean is(String key, Function<String, @Nullable String> header) {
            var told = header.apply(name);
            return told != null && (values.isEmpty() || values.contains(told.strip()));
        }
    }

    /// Calls with one of some keys, by what the plan says of keys.
    ///
    /// @param keys at least one
    public record Keys(List<String> keys) implements Who {

        public Keys {
            keys = List.copyOf(keys);
            requireFew(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no key is named; name one");
            }
        }

        @Override
        public boolean is(String key, Function<String, @Nullable String> header) {
            return keys.contains(key);
        }
    }

    /// The share that stands in the step's place for a call: all or nothing; empty where the step's
    /// holds.
    ///
    /// @param header asks for a header of the call; null if there is none
    public Optional<Share> shareOf(String key, Function<String, @Nullable String> header) {
        if (never.stream().anyMatch(who -> who.is(key, header))) {
            return Optional.of(Share.NONE);
        }
        return always.stream().anyMatch(who -> who.is(key, header))
                ? Optional.of(Share.ALL)
                : Optional.empty();
    }

    private static void requireFew(List<String> names) {
        if (names.size() > MOST_NAMES) {
            throw new IllegalArgumentException(
                    "at most %d names stand for one, got %d".formatted(MOST_NAMES, names.size()));
        }
    }
}
