package dev.serin.server.planfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// All that was refused so far in one document.
public final class Refusals {

    /// What a document is that does not say so.
    static final String PLAN = "plan";

    /// More than a person mends in one go.
    private static final int MOST = 50;

    private static final int LONGEST_VALUE = 60;

    private final List<PlanError> errors = new ArrayList<>();
    private final String document;
    private final String first;

    Refusals() {
        this(PLAN, "route");
    }

    /// @param document what it is, in a word such as `profile`
    /// @param first the field that it begins with
    public Refusals(String document, String first) {
        this.document = document;
        this.first = first;
    }

    String document() {
        return document;
    }

    String first() {
        return first;
    }

    public void add(Value value, String field, String message) {
        add(value.place(), field, value.shown(), message);
    }

    public void add(Place place, String field, String value, String message) {
        if (errors.size() < MOST) {
            var shown = quoted(value);
            var sentence =
                    message.contains(shown) ? message : "%s (got %s)".formatted(message, shown);
            errors.add(new PlanError(place.line(), place.column(), field, shown, sentence));
        }
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    public List<PlanError> byLine() {
        return errors.stream()
                .sorted(
                        Comparator.comparingInt(PlanError::line)
                                .thenComparingInt(PlanError::column))
                .toList();
    }

    /// `text` shortened, on one line, and without anything that a terminal would act on.
    public static String quoted(String text) {
        boolean isLong = text.codePointCount(0, text.length()) > LONGEST_VALUE;
        int end = isLong ? text.offsetByCodePoints(0, LONGEST_VALUE) : text.length();
        return plain(text.substring(0, end)) + (isLong ? "…" : "");
    }

    /// `text` on one line, and without anything that a terminal would act on.
    static String plain(String text) {
        var plain = new StringBuilder();
        text.codePoints()
                .map(character -> Names.isPlain(character) ? character : '\uFFFD')
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
