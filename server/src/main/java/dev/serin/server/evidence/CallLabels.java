package dev.serin.server.evidence;

import dev.serin.engine.judge.Call;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The labels that one call has, by name; of each the newest.
///
/// What they come to does not depend on the order in which they are taken, nor on how often.
final class CallLabels {

    /// A label as it is kept.
    ///
    /// @param counts whether a tally holds it
    record Kept(
            Verdict verdict,
            @Nullable String judge,
            @Nullable String version,
            Instant at,
            boolean counts) {}

    /// What became of a label that was taken.
    ///
    /// @param before what stood there; null for nothing
    /// @param now what stands there
    record Taken(@Nullable Kept before, Kept now) {

        boolean changes() {
            return !now.equals(before);
        }

        /// Whether a judge said something that was not known.
        boolean isNews() {
            return before == null || !before.verdict.equals(now.verdict);
        }
    }

    private final Map<String, Kept> byName;

    private CallLabels(NavigableMap<String, Kept> byName) {
        this.byName = byName;
    }

    static CallLabels of(Map<String, Kept> byName) {
        return new CallLabels(new TreeMap<>(byName));
    }

    /// The labels that came with the call itself.
    static CallLabels brought(Call call, Instant at, boolean count) {
        var byName = new TreeMap<String, Kept>();
        call.labels()
                .forEach((name, bad) ->
                        byName.put(name, new Kept(new Verdict.Mark(bad), null, null, at, count)));
        call.scores()
                .forEach((name, score) ->
                        byName.put(
                                name, new Kept(new Verdict.Score(score), null, null, at, count)));
        return new CallLabels(byName);
    }

    Map<String, Kept> byName() {
        return byName;
    }

    /// Takes a label.
    ///
    /// @param mayCount whether a label that is new to the call counts
    Taken take(Label label, Instant received, boolean mayCount) {
        var before = byName.get(label.name());
        var now =
                before == null
                        ? first(label, received, mayCount)
                        : next(before, label, received, mayCount);
        byName.put(label.name(), now);
        return new Taken(before, now);
    }

    /// Whether a counted verdict says that the answer is bad.
    boolean isBad() {
        return byName.values().stream()
                .anyMatch(kept -> kept.counts && kept.verdict.equals(new Verdict.Mark(true)));
    }

    /// Those of `wanted` that have no verdict and no score.
    List<String> missing(Collection<String> wanted) {
        return wanted.stream().filter(this::lacks).sorted().toList();
    }

    private boolean lacks(String name) {
        var kept = byName.get(name);
        return kept == null || kept.verdict instanceof Verdict.Failed;
    }

    private static Kept first(Label label, Instant received, boolean mayCount) {
        var at = Objects.requireNonNullElse(label.at(), received);
        boolean counts = mayCount && !(label.verdict() instanceof Verdict.Failed);
        return new Kept(label.verdict(), label.judge(), label.version(), at, counts);
    }

    private static Kept next(Kept before, Label label, Instant received, boolean mayCount) {
        boolean wasFailed = before.verdict instanceof Verdict.Failed;
        boolean isFailed = label.verdict() instanceof Verdict.Failed;
        if (wasFailed && !isFailed) {
            return first(label, received, mayCount);
        }
        if (isFailed && !wasFailed) {
            // A judge that fails takes no verdict back.
            return before;
        }
        var said = label.at();
        var at = said == null ? later(received, before.at) : said;
        int order = said == null ? 1 : at.compareTo(before.at);
        if (order == 0) {
            order = Verdict.compare(label.verdict(), before.verdict);
        }
        return order > 0
                ? new Kept(label.verdict(), label.judge(), label.version(), at, before.counts)
                : before;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
