package dev.serin.server.planfile;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A query with `{{words}}` in it that stand for what is asked about.
public final class Template {

    /// The words of every query.
    public static final Set<String> WORDS =
            Set.of("route", "rollout", "arm", "model", "step", "window");

    /// The words of a percentile's queries, too.
    public static final Set<String> OF_LIMIT = Set.of("limit", "limitSeconds");

    private static final Pattern WORD = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    private Template() {}

    /// The query with `values` for its words.
    public static String fill(String query, Map<String, String> values) {
        return WORD.matcher(query)
                .replaceAll(word ->
                        Matcher.quoteReplacement(values.getOrDefault(word.group(1), word.group())));
    }

    /// The first word of the query that is not `known`.
    static Optional<String> unknown(String query, Set<String> known) {
        return words(query).stream().filter(word -> !known.contains(word)).findFirst();
    }

    static Set<String> words(String query) {
        var words = new TreeSet<String>();
        WORD.matcher(query).results().forEach(word -> words.add(word.group(1)));
        return words;
    }
}
