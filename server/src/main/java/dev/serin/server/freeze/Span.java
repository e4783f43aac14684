package dev.serin.server.freeze;

import dev.serin.engine.rollout.Freeze;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A freeze with its beginning.
///
/// @param from when it begins to hold
record Span(Instant from, Freeze freeze) {

    private Instant until() {
        return freeze.until();
    }

    /// What several together mean at `now`: those that hold, with those that follow them without a gap,
    /// are one freeze that ends with the last of them.
    static Frozen at(Instant now, List<Span> spans) {
        var last =
                spans.stream()
                        .filter(span -> !span.from.isAfter(now) && span.until().isAfter(now))
                        .max(Comparator.comparing(Span::until));
        for (var next = last; next.isPresent(); next = following(next.get(), spans)) {
            last = next;
        }
        return new Frozen(
                last.map(Span::freeze).orElse(Freeze.NONE), edge(now, spans).orElse(null));
    }

    private static Optional<Span> following(Span one, List<Span> spans) {
        return spans.stream()
                .filter(span ->
                        !span.from.isAfter(one.until()) && span.until().isAfter(one.until()))
                .max(Comparator.comparing(Span::until));
    }

    private static Optional<Instant> edge(Instant now, List<Span> spans) {
        return spans.stream()
                .flatMap(span -> Stream.of(span.from, span.until()))
                .filter(edge -> edge.isAfter(now))
                .min(Comparator.naturalOrder());
    }
}
