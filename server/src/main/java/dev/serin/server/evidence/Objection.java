package dev.serin.server.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Why an observation that can be read is not stored all the same.
final class Objection {

    private static final double NANOS_BY_MILLI = 1e6;

    /// So long after a rollout's end its last calls may be told of. They decide nothing any more, and
    /// somebody met the candidate all the same.
    private static final Duration SETTLES = Duration.ofMinutes(30);

    private Objection() {}

    /// When the call began: what its sender said, or now less its latency.
    static Instant began(Seen seen, Instant now) {
        var at = seen.at();
        if (at != null) {
            return at;
        }
        var latency = seen.call().latencyMs();
        double most = Storing.BEFORE.toMillis();
        return latency == null
                ? now
                : now.minusNanos((long) (Math.min(latency, most) * NANOS_BY_MILLI));
    }

    private static boolean wasUnderWay(Seen seen, Instant ended, Instant now) {
        return began(seen, now).isBefore(ended) && !now.isAfter(ended.plus(SETTLES));
    }

    static Optional<Answer.Refused> to(Batch.Row row, Watched rollout, Instant now) {
        var seen = row.seen();
        var step = seen.step();
        var at = seen.at();
        var ended = rollout.endedAt();
        if (ended != null && !wasUnderWay(seen, ended, now)) {
            return refused(
                    row,
                    "",
                    "the rollout has ended; only calls that began before its end are added to it, for %d minutes"
                            .formatted(SETTLES.toMinutes()));
        }
        if (step != null && !rollout.steps().containsKey(step)) {
            return refused(
                    row,
                    "step",
                    "the rollout has not entered step %d; leave it out, or use one of %s"
                            .formatted(step, rollout.steps().keySet()));
        }
        if (at != null && at.isAfter(now.plus(Storing.AHEAD))) {
            return refused(
                    row,
                    "at",
                    "%s lies %s ahead of the server's clock; 60 s are allowed"
                            .formatted(at, seconds(now, at)));
        }
        if (at != null && at.isBefore(rollout.startedAt().minus(Storing.BEFORE))) {
            return refused(row, "at", at + " lies more than an hour before the rollout's start");
        }
        return labels(row, rollout, seen.call().labels().keySet(), new Verdict.Mark(true))
                .or(() ->
                        labels(row, rollout, seen.call().scores().keySet(), new Verdict.Score(1)));
    }

    private static Optional<Answer.Refused> labels(
            Batch.Row row, Watched rollout, Set<String> names, Verdict like) {
        for (var name : names) {
            var why = rollout.objection(name, like);
            if (why.isPresent()) {
                return refused(row, "labels." + name, why.get());
            }
        }
        return Optional.empty();
    }

    private static String seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds() + " s";
    }

    private static Optional<Answer.Refused> refused(Batch.Row row, String field, String message) {
        return Optional.of(new Answer.Refused(row.index(), field, message));
    }
}
