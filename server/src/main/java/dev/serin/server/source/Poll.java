package dev.serin.server.source;

import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.evidence.CountedCalls.Addition;
import dev.serin.server.planfile.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The questions about one rollout, all under way at once.
final class Poll {

    private final PollRow row;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Single> singles = new ArrayList<>();

    private Poll(PollRow row) {
        this.row = row;
    }

    private record Pair(
            Source.Counts of,
            Counter.Key key,
            int step,
            Instant entered,
            Span span,
            CompletableFuture<Answer> bad,
            CompletableFuture<Answer> total) {}

    private record Single(Source.Rate of, Arm arm, CompletableFuture<Answer> value) {}

    /// All that came of a poll.
    ///
    /// @param counters where the counters stand now
    /// @param additions what is to be tallied
    record Heard(
            PollRow row,
            List<Counter> counters,
            List<Addition> additions,
            List<SourceState.Reading> readings) {

        /// Why nothing is known of something that is judged; rates are only shown, and theirs is no
        /// trouble.
        Optional<String> trouble() {
            var problems =
                    readings.stream()
                            .filter(reading -> reading.calls() != null)
                            .filter(reading -> reading.problem() != null)
                            .toList();
            if (problems.isEmpty()) {
                return Optional.empty();
            }
            var first = problems.getFirst();
            return Optional.of(
                    "the source %s gives no data: %s %s, %s%s"
                            .formatted(
                                    row.watching().source().name(),
                                    first.arm(),
                                    first.metric(),
                                    first.problem(),
                                    problems.size() == 1
                                            ? ""
                                            : "; and %d more".formatted(problems.size() - 1)));
        }

        SourceState state(Instant heardAt) {
            var source = row.watching().source();
            return new SourceState(
                    source.name(),
                    source.every().toString(),
                    row.at(),
                    heardAt,
                    trouble().orElse(null),
                    readings);
        }
    }

    static Poll begin(PollRow row, Endpoints endpoints, Asking asking) {
        var poll = new Poll(row);
        var source = row.watching().source();
        var endpoint = endpoints.of(source.name()).orElse(null);
        var to = endpoint == null ? row.at() : endpoint.wire().newest(row.at(), row.every());
        // Nothing was counted before the rollout began.
        var entered = row.steps().floorEntry(to);
        if (entered != null) {
            int step = entered.getValue();
            for (var arm : row.watching().arms(step)) {
                source.counts()
                        .forEach(each ->
                                poll.ask(each, arm, step, entered.getKey(), to, endpoint, asking));
                source.rates().forEach(each -> poll.ask(each, arm, step, to, endpoint, asking));
            }
        }
        return poll;
    }

    UUID rollout() {
        return row.rollout();
    }

    Heard await() {
        var counters = new ArrayList<Counter>();
        var additions = new ArrayList<Addition>();
        var readings = new ArrayList<SourceState.Reading>();
        for (var pair : pairs) {
            var came =
                    Counter.read(
                            row.counters().get(pair.key),
                            pair.key,
                            pair.step,
                            pair.bad.join(),
                            pair.total.join(),
                            pair.span);
            if (came.next() != null) {
                counters.add(came.next());
            }
            if (came.n() > 0) {
                add(pair, came, additions);
            }
            readings.add(
                    new SourceState.Reading(
                            word(pair.key.arm()),
                            pair.of.metric(),
                            pair.of.limit(),
                            came.n(),
                            came.bad(),
                            null,
                            came.problem()));
        }
        for (var single : singles) {
            var said = single.value.join();
            readings.add(
                    new SourceState.Reading(
                            word(single.arm),
                            single.of.metric(),
                            null,
                            null,
                            null,
                            said instanceof Answer.Value(double value) ? value : null,
                            said instanceof Answer.Nothing(var why) ? why : null));
        }
        return new Heard(row, counters, additions, readings);
    }

    private void ask(
            Source.Counts of,
            Arm arm,
            int step,
            Instant entered,
            Instant to,
            @Nullable Endpoint endpoint,
            Asking asking) {
        var key = new Counter.Key(arm, of.track());
        var before = row.counters().get(key);
        var from = before == null ? to.minus(row.every()) : before.at();
        var span = new Span(from, to, row.every());
        if (span.isEmpty()) {
            return;
        }
        if (endpoint == null) {
            var nobody = nobody();
            pairs.add(new Pair(of, key, step, entered, span, nobody, nobody));
            return;
        }
        var bad = row.watching().query(of.bad(), endpoint.wire(), rollout(), arm, step, of.limit());
        var total = row.watching().query(of.total(), endpoint.wire(), rollout(), arm, step, null);
        pairs.add(
                new Pair(
                        of,
                        key,
                        step,
                        entered,
                        span,
                        asking.ask(
                                endpoint,
                                bad,
                                span,
                                true,
                                before == null ? 0 : (double) before.bad()),
                        asking.ask(
                                endpoint,
                                total,
                                span,
                                true,
                                before == null ? 0 : (double) before.total())));
    }

    private void ask(
            Source.Rate of,
            Arm arm,
            int step,
            Instant to,
            @Nullable Endpoint endpoint,
            Asking asking) {
        var span = new Span(to.minus(row.every()), to, row.every());
        singles.add(
                new Single(
                        of,
                        arm,
                        endpoint == null
                                ? nobody()
                                : asking.ask(
                                        endpoint,
                                        row.watching()
                                                .query(
                                                        of.rate(),
                                                        endpoint.wire(),
                                                        rollout(),
                                                        arm,
                                                        step,
                                                        null),
                                        span,
                                        false,
                                        0)));
    }

    private CompletableFuture<Answer> nobody() {
        return CompletableFuture.completedFuture(
                new Answer.Nothing(
                        "this server has no source %s any more"
                                .formatted(row.watching().source().name())));
    }

    /// The first pair also tells how many calls there were; it is error_rate's where the plan has it.
    private void add(Pair pair, Counter.Step came, List<Addition> additions) {
        var track = Track.parse(pair.of.track());
        var counts = new Tally.Counts(came.n(), came.bad());
        var at = pair.span.to();
        additions.add(new Addition(pair.step, pair.key.arm(), pair.entered, at, track, counts));
        if (pair.of.track().equals(leading())) {
            long bad = track instanceof Track.Marked ? came.bad() : 0;
            additions.add(
                    new Addition(
                            pair.step,
                            pair.key.arm(),
                            pair.entered,
                            at,
                            new Track.Calls(),
                            new Tally.Counts(came.n(), bad)));
        }
    }

    private String leading() {
        var counts = row.watching().source().counts();
        return counts.stream()
                .map(Source.Counts::track)
                .filter("error"::equals)
                .findFirst()
                .orElseGet(() -> counts.getFirst().track());
    }

    private static String word(Arm arm) {
        return arm.name().toLowerCase(Locale.ROOT);
    }
}
