package dev.serin.server.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import dev.serin.server.problem.ProblemException;
import dev.serin.web.rollout.BadCall;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The newest calls that were bad, without a word of what was said in them.
@ApplicationScoped
class BadCalls {

    private static final int SHOWN = 20;

    /// How far back is looked in each arm for the newest of each condition.
    private static final int LOOKED_AT = 300;

    /// How many a page of them holds.
    private static final int PAGE = 100;

    /// How many are looked through for a page, most of which may have been bad for something else.
    private static final int LOOKED_THROUGH = 5_000;

    private static final int FETCHED = 200;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String NEWEST =
            """
            select c.* from (values (0), (1)) as a (arm) cross join lateral (
              select id, arm, at, bad, error_class, trace_id, latency_ms, numbers::text from call
              where rollout = ? and arm = a.arm and bad <> '{}' order by at desc limit ?) c
            order by at desc\
            """;

    private static final String OLDER =
            """
            select id, arm, at, bad, error_class, trace_id, latency_ms, numbers::text from call
            where rollout = ? and arm = ? and bad <> '{}' and at <= ? and (at, id) < (?, ?)
            order by at desc, id desc limit ?\
            """;

    private final AgroalDataSource database;

    BadCalls(AgroalDataSource database) {
        this.database = database;
    }

    /// The newest first.
    ///
    /// @param trace where a call's trace is, with `{traceId}` in it; null for nowhere
    List<Bad> newest(UUID rollout, @Nullable String trace, Instant now) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(NEWEST)) {
            query.setObject(1, rollout);
            query.setInt(2, LOOKED_AT);
            var calls = new ArrayList<Bad>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    calls.add(Bad.of(rows, trace, now));
                }
            }
            return calls;
        } catch (SQLException e) {
            throw new DatabaseFailed("the bad calls of rollout " + rollout + " were not read", e);
        }
    }

    /// Where a page of bad calls begins: behind this call.
    record Behind(Instant at, String id) {

        /// Before all of them.
        static final Behind NOTHING = new Behind(Instant.parse("9999-12-31T00:00:00Z"), "");

        /// Reads what stands in an address.
        ///
        /// @throws ProblemException if nothing is told so
        static Behind parse(@Nullable String text) {
            if (text == null || text.isEmpty()) {
                return NOTHING;
            }
            int comma = text.indexOf(',');
            try {
                var at = Instant.parse(text.substring(0, Math.max(0, comma)));
                if (!at.isBefore(Instant.EPOCH) && !at.isAfter(NOTHING.at)) {
                    return new Behind(at, text.substring(comma + 1).replace("\0", ""));
                }
                throw wrong(text);
            } catch (DateTimeParseException _) {
                throw wrong(text);
            }
        }

        private static ProblemException wrong(String text) {
            return ProblemException.badField(
                    "before", "is the address of a page of bad calls, got " + text);
        }

        /// As it stands in an address.
        String text() {
            return at + "," + id;
        }
    }

    /// Some bad calls of one arm, the newest first.
    ///
    /// @param older where those before them begin; null if there are none
    record Page(List<Bad> calls, @Nullable Behind older) {}

    /// @param condition that they were bad for; null for those that count as bad answers
    Page page(
            UUID rollout,
            Arm arm,
            @Nullable Condition condition,
            Behind behind,
            @Nullable String trace,
            Instant now) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(OLDER)) {
            var at = behind.at().atOffset(ZoneOffset.UTC);
            query.setObject(1, rollout);
            query.setInt(2, arm == Arm.BASELINE ? 0 : 1);
            query.setObject(3, at);
            query.setObject(4, at);
            query.setString(5, behind.id());
            query.setInt(6, LOOKED_THROUGH + 1);
            query.setFetchSize(FETCHED);
            try (var rows = query.executeQuery()) {
                return page(rows, condition, trace, now);
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("the bad calls of rollout " + rollout + " were not read", e);
        }
    }

    private static Page page(
            ResultSet rows, @Nullable Condition condition, @Nullable String trace, Instant now)
            throws SQLException {
        var calls = new ArrayList<Bad>();
        Behind last = null;
        int looked = 0;
        while (rows.next()) {
            if (calls.size() == PAGE || ++looked > LOOKED_THROUGH) {
                return new Page(calls, last);
            }
            var call = Bad.of(rows, trace, now);
            last = new Behind(call.at(), call.id());
            if (condition == null ? call.isBadAnswer() : call.isBadFor(condition)) {
                calls.add(call);
            }
        }
        return new Page(calls, null);
    }

    /// What counts a call as bad for a condition; null if single calls are not.
    static @Nullable Track track(Condition condition) {
        return switch (condition.metric()) {
            case Metric.Rate(_, var mark) -> new Track.Marked(mark);
            case Metric.Percentile(_, var of, _)
                    when condition.limit() instanceof Limit.Absolute(double value) ->
                    new Track.Reaches(of, value);
            case Metric.Score _, Metric.Percentile _, Metric.Mean _, Metric.CostPerSuccess _ ->
                    null;
        };
    }

    /// The newest of `calls` that one arm answered and that are `wanted`.
    static Stream<Bad> newest(List<Bad> calls, Arm arm, Predicate<Bad> wanted) {
        return calls.stream().filter(call -> call.arm == arm).filter(wanted).limit(SHOWN);
    }

    /// A bad call, and the tracks that count it as bad.
    record Bad(
            String id,
            Arm arm,
            Instant at,
            Set<String> tracks,
            @Nullable String errorClass,
            @Nullable Double latencyMs,
            Map<String, Double> numbers,
            @Nullable String trace,
            Instant now) {

        private static Bad of(ResultSet row, @Nullable String trace, Instant now)
                throws SQLException {
            var traceId = row.getString("trace_id");
            double latency = row.getDouble("latency_ms");
            Double latencyMs = row.wasNull() ? null : latency;
            return new Bad(
                    row.getString("id"),
                    row.getInt("arm") == 0 ? Arm.BASELINE : Arm.CANDIDATE,
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    Arrays.stream((String[]) row.getArray("bad").getArray())
                            .collect(Collectors.toUnmodifiableSet()),
                    row.getString("error_class"),
                    latencyMs,
                    numbers(row.getString("numbers")),
                    address(trace, traceId),
                    now);
        }

        /// Whether it failed or was labelled bad: a slow answer is none.
        boolean isBadAnswer() {
            return tracks.stream().anyMatch(track -> Track.parse(track) instanceof Track.Marked);
        }

        /// Whether the call was bad for the condition.
        boolean isBadFor(Condition condition) {
            var track = track(condition);
            return track != null && tracks.contains(track.key());
        }

        BadCall view() {
            var kinds = tracks.stream().sorted().map(this::kind).distinct().toList();
            return view(String.join(", ", kinds));
        }

        BadCall viewFor(Condition condition) {
            var track = track(condition);
            return view(track == null ? "" : kind(track.key()));
        }

        private BadCall view(String kind) {
            return new BadCall(
                    id, arm.name().toLowerCase(Locale.ROOT), Times.seen(at, now), kind, trace);
        }

        private String kind(String track) {
            if (track.equals(Metric.Rate.ERROR)) {
                return errorClass == null ? "error" : errorClass;
            }
            if (track.startsWith("label:")) {
                return track.substring("label:".length()).replace('_', ' ');
            }
            if (Track.parse(track) instanceof Track.Reaches(Measure.Named(var name), _)) {
                var number = numbers.get(name);
                var words = name.replace('_', ' ');
                return number == null ? words : words + " " + Numbers.plain(number);
            }
            return latencyMs != null && track.startsWith("latency_ms")
                    ? Numbers.millis(latencyMs)
                    : track;
        }

        private static Map<String, Double> numbers(@Nullable String stored) {
            if (stored == null) {
                return Map.of();
            }
            try {
                var numbers = new HashMap<String, Double>();
                JSON.readTree(stored)
                        .properties()
                        .forEach(field ->
                                numbers.put(field.getKey(), field.getValue().doubleValue()));
                return numbers;
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("stored numbers cannot be read", e);
            }
        }

        private static @Nullable String address(@Nullable String trace, @Nullable String traceId) {
            if (trace == null
                    || traceId == null
                    || !(trace.startsWith("https://") || trace.startsWith("http://"))) {
                return null;
            }
            return trace.replace("{traceId}", URLEncoder.encode(traceId, UTF_8));
        }
    }
}
