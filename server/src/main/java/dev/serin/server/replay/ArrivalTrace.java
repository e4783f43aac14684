package dev.serin.server.replay;

import dev.serin.server.problem.WrongUse;
import dev.serin.simulator.traffic.Arrivals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// When the calls of a trace came in: the distances between them, played from the start again when
/// they are used up.
///
/// @param name of the file that holds it
/// @param gaps between two calls, none negative, at least one of them above 0
record ArrivalTrace(String name, List<Duration> gaps, long badRows, List<BadRow> named) {

    /// Calls of a trace that are read at most.
    static final int MOST = 1_000_000;

    ArrivalTrace {
        gaps = List.copyOf(gaps);
        named = List.copyOf(named);
    }

    /// Reads a CSV file that names its times `TIMESTAMP`, `timestamp`, `at` or `time`.
    ///
    /// @throws WrongUse if it cannot be read, or holds fewer than two times
    static ArrivalTrace read(Path path) {
        var bad = new BadRows();
        var times = new ArrayList<Instant>();
        try (var reader = CallFile.open(path)) {
            CallFile.firstOf(reader);
            try (var parser = CallFile.parse(reader)) {
                var names = parser.getHeaderNames();
                for (var row : parser) {
                    var fields = new Fields();
                    for (int i = 0; i < Math.min(names.size(), row.size()); i++) {
                        fields.put(names.get(i), row.get(i));
                    }
                    add(fields, parser.getCurrentLineNumber(), times, bad);
                    if (times.size() == MOST) {
                        break;
                    }
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new WrongUse("%s cannot be read: %s".formatted(path, e.getMessage()));
        }
        var name = String.valueOf(path.getFileName());
        return of(name, times, bad)
                .orElseThrow(() ->
                        new WrongUse(
                                ("%s is no trace of arrivals: a column TIMESTAMP with two"
                                                + " different times or more is needed, got %,d")
                                        .formatted(path, times.size())));
    }

    /// The trace that a file's own times make, if they make one.
    static Optional<ArrivalTrace> of(CallSample sample) {
        if (sample.calls().stream().anyMatch(call -> call.at() == null)
                || sample.inFile() > sample.calls().size()) {
            return Optional.empty();
        }
        var times = sample.calls().stream().map(call -> Objects.requireNonNull(call.at())).toList();
        return of(sample.file(), times, new BadRows());
    }

    private static Optional<ArrivalTrace> of(String name, List<Instant> unsorted, BadRows bad) {
        var times = new ArrayList<>(unsorted);
        Collections.sort(times);
        if (times.size() < 2 || times.getFirst().equals(times.getLast())) {
            return Optional.empty();
        }
        var gaps = new ArrayList<Duration>(times.size());
        for (int i = 1; i < times.size(); i++) {
            gaps.add(Duration.between(times.get(i - 1), times.get(i)));
        }
        return Optional.of(new ArrivalTrace(name, gaps, bad.count(), bad.named()));
    }

    private static void add(Fields fields, long line, List<Instant> times, BadRows bad) {
        try {
            var field = fields.first("timestamp", "at", "time", "arrival", "arrivedat");
            if (field == null) {
                throw new UnreadableRow("this row has no time");
            }
            times.add(Moments.of(field));
        } catch (UnreadableRow e) {
            bad.add(line, e.why());
        }
    }

    double perSecond() {
        return gaps.size() / (span().toNanos() / 1e9);
    }

    Duration span() {
        return gaps.stream().reduce(Duration.ZERO, Duration::plus);
    }

    Arrivals arrivals() {
        return new Arrivals() {
            private int next;

            @Override
            public Instant after(Instant last) {
                var gap = gaps.get(next);
                next = (next + 1) % gaps.size();
                return last.plus(gap);
            }
        };
    }
}
