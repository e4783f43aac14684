package dev.serin.server.evidence;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.traffic.LabelChoice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What intake must know of a rollout.
///
/// @param team whose route it is on; null for everybody's
/// @param endedAt null while it is active
/// @param tracks what its calls are tallied by
/// @param salt in hex; makes hashes of its keys useless elsewhere
/// @param labels how labels come later; null if every label counts as it comes
/// @param judgeShare the part of the answers that a model reads, copies among them; null if none
///     does
/// @param steps when each step was entered
/// @param shares of the candidate in these steps
record Watched(
        UUID id,
        @Nullable String team,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<Track> tracks,
        String salt,
        Plan.@Nullable Labels labels,
        @Nullable Share judgeShare,
        TreeMap<Integer, Instant> steps,
        Map<Integer, Double> shares) {

    private static final String LOAD =
            """
            select r.id, r.started_at, r.ended_at, r.tracks, r.key_salt, s.step, s.at,
              r.label_share, r.label_deadline_ms, s.share, r.judge_share, r.team
            from rollout r join step_entered s on s.rollout = r.id
            where r.id = any (?)\
            """;

    static Map<UUID, Watched> load(Connection connection, Collection<UUID> rollouts)
            throws SQLException {
        var found = new HashMap<UUID, Watched>();
        try (var query = connection.prepareStatement(LOAD)) {
            query.setArray(1, connection.createArrayOf("uuid", rollouts.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getObject(1, UUID.class);
                    var watched = found.get(id);
                    if (watched == null) {
                        var ended = rows.getObject(3, OffsetDateTime.class);
                        watched =
                                new Watched(
                                        id,
                                        rows.getString(12),
                                        rows.getObject(2, OffsetDateTime.class).toInstant(),
                                        ended == null ? null : ended.toInstant(),
                                        Stream.of((String[]) rows.getArray(4).getArray())
                                                .<Track>map(Track::parse)
                                                .toList(),
                                        HexFormat.of().formatHex(rows.getBytes(5)),
                                        labels(rows),
                                        judgeShare(rows),
                                        new TreeMap<>(),
                                        new HashMap<>());
                        found.put(id, watched);
                    }
                    watched.shares.put(rows.getInt(6), rows.getDouble(10));
                    watched.steps.put(
                            rows.getInt(6), rows.getObject(7, OffsetDateTime.class).toInstant());
                }
            }
        }
        return found;
    }

    /// Whether the plan wants a label for the call with this id, as far as its id tells.
    boolean chooses(String call) {
        return labels != null && new LabelChoice(id.toString(), labels.share()).isChosen(call);
    }

    /// The same for a copy's call: nobody but a model sees its answer.
    boolean choosesCopy(String call) {
        return labels != null
                && judgeShare != null
                && new LabelChoice(id.toString(), judgeShare).isChosen(call);
    }

    /// The labels that are waited for.
    List<String> wanted() {
        return tracks.stream()
                .filter(Track.Chosen.class::isInstance)
                .map(track -> ((Track.Chosen) track).by())
                .toList();
    }

    /// Whether a label of a call in this place may still count at a moment.
    boolean isInTime(Place place, Instant at) {
        return labels == null || due(place).isAfter(at);
    }

    /// Whether the candidate only gets copies in a step: nobody but a model sees its answers.
    boolean isShadowed(int step) {
        return shares.getOrDefault(step, 1.0) == 0;
    }

    /// When the labels of a place are due, where labels are waited for.
    Instant due(Place place) {
        var end = StepEvidence.end(steps.getOrDefault(place.step(), startedAt), place.bucket());
        return labels == null ? end : end.plus(labels.deadline());
    }

    /// The track of the verdicts under a label; null if none is tallied.
    @Nullable Track marked(String label) {
        var track = new Track.Marked(label);
        return !label.equals(Metric.Rate.ERROR) && tracks.contains(track) ? track : null;
    }

    /// The track of the scores under a label; null if none is tallied.
    @Nullable Track scored(String label) {
        var track = new Track.Score(label);
        return tracks.contains(track) ? track : null;
    }

    /// What a label means in this plan, where it says more than one thing.
    Label meant(Label label) {
        return scored(label.name()) == null ? label : label.asScore();
    }

    /// What is wrong with a verdict under a label of this plan; empty if nothing is.
    Optional<String> objection(String label, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Mark _ when marked(label) == null && scored(label) != null ->
                    Optional.of(label + " is a score of 0 to 1 in this plan, got true or false");
            case Verdict.Score _ when scored(label) == null && marked(label) != null ->
                    Optional.of(
                            label
                                    + " is true for bad or false for good in this plan, got a number");
            case Verdict.Mark _, Verdict.Score _, Verdict.Failed _ -> Optional.empty();
        };
    }

    private static Plan.@Nullable Labels labels(ResultSet row) throws SQLException {
        double share = row.getDouble(8);
        if (row.wasNull()) {
            return null;
        }
        return new Plan.Labels(new Share(share), Duration.ofMillis(row.getLong(9)));
    }

    private static @Nullable Share judgeShare(ResultSet row) throws SQLException {
        double share = row.getDouble(11);
        return row.wasNull() ? null : new Share(share);
    }

    /// The step in force at a moment; before the first it is the first.
    int stepAt(Instant at) {
        int step = steps.firstKey();
        for (var entered : steps.entrySet()) {
            if (!entered.getValue().isAfter(at)) {
                step = entered.getKey();
            }
        }
        return step;
    }

    /// The bucket of a call of `step` that began at `at`; one that was assigned in the step and began
    /// after it counts in its last.
    int bucketOf(int step, Instant at, Instant now) {
        var start = steps.getOrDefault(step, startedAt);
        var next = steps.higherEntry(step);
        var end = next == null || next.getValue().isAfter(now) ? now : next.getValue();
        return StepEvidence.bucketOf(start, at.isAfter(end) ? end : at);
    }

    /// The day of the partition that holds its calls.
    LocalDate began() {
        return LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
    }
}
