package dev.serin.server.rollout;

import dev.serin.server.DatabaseFailed;
import dev.serin.web.words.Numbers;
import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/// What the upgrades of the last 90 days were like, in a sentence.
///
/// What an ended upgrade was like does not change, so each is read once and remembered; a page reads
/// only those that ended since. Last calls may be told a while after the end: until then it is read
/// again.
@ApplicationScoped
class LatelyEnded {

    private static final Logger LOG = Logger.getLogger(LatelyEnded.class);

    private static final Duration LATELY = Duration.ofDays(90);
    private static final Duration SETTLES = Duration.ofMinutes(30);

    /// Ways back are no upgrades, and simulated and replayed runs met nobody.
    private static final String ENDED =
            """
            with lately as (
              select id, route, phase ->> 'is' as phase, started_at, ended_at from rollout
              where ended_at >= ? and not simulated and replay_of is null
                and linked_to is null),
            happened as (
              select j.rollout, j.entry ->> 'is' as kind,
                cast(j.entry ->> 'missing' as int) as missing,
                lead(j.at) over (partition by j.rollout order by j.seq) - j.at as lasted
              from journal j join lately l on l.id = j.rollout),
            waited as (
              select rollout, sum(lasted) as lasted from happened
              where kind in ('GateOpened', 'Paused') or kind = 'Approved' and missing > 0
              group by rollout),
            met as (
              select rollout, max(n) as people from (
                select t.rollout, t.step, sum(t.n) as n from tally t join lately l on l.id = t.rollout
                where l.phase = 'RolledBack' and t.arm = 1 and t.metric = 'keys'
                group by t.rollout, t.step) by_step
              group by rollout)
            select l.id, l.ended_at, l.phase = 'Complete', extract(epoch from ended_at - started_at),
              extract(epoch from coalesce(w.lasted, interval '0')), coalesce(m.people, 0), l.route
            from lately l
            left join waited w on w.rollout = l.id
            left join met m on m.rollout = l.id\
            """;

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private Map<UUID, Ended> known = new HashMap<>();
    private Instant newest = Instant.MIN;

    LatelyEnded(AgroalDataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// An upgrade that ended.
    ///
    /// @param waited how much of it was waiting for people
    /// @param people who met a candidate that was rolled back
    private record Ended(
            Instant at,
            boolean isPromoted,
            Duration took,
            Duration waited,
            long people,
            String route) {

        static Ended of(ResultSet row) throws SQLException {
            return new Ended(
                    row.getObject(2, java.time.OffsetDateTime.class).toInstant(),
                    row.getBoolean(3),
                    Duration.ofSeconds(row.getLong(4)),
                    Duration.ofSeconds(row.getLong(5)),
                    row.getLong(6),
                    row.getString(7));
        }
    }

    /// Reads all of them anew, so that no page has to, and what was written past Serin is seen.
    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void readAnew() {
        try {
            var since = clock.instant().minus(LATELY);
            var all = read(since);
            reading.lock();
            try {
                known = all;
                newest = newestOf(all, since, clock.instant());
            } finally {
                reading.unlock();
            }
        } catch (RuntimeException e) {
            LOG.warnf("the upgrades of 90 days were not read: %s; tried again in an hour", e);
        }
    }

    /// The last 90 days in a sentence.
    ///
    /// @param seen which routes are told of
    String sentence(Instant now, Predicate<String> seen) {
        var since = now.minus(LATELY);
        reading.lock();
        try {
            var settled = newest.isBefore(since) ? since : newest.minus(SETTLES);
            known.putAll(read(settled.isBefore(since) ? since : settled));
            known.values().removeIf(ended -> ended.at.isBefore(since));
            newest = newestOf(known, since, now);
            return sentence(
                    known.values().stream().filter(ended -> seen.test(ended.route)).toList());
        } finally {
            reading.unlock();
        }
    }

    /// No later than now: an end that a clock set wrong wrote must not hide those that follow.
    private static Instant newestOf(Map<UUID, Ended> all, Instant atLeast, Instant now) {
        return all.values().stream()
                .map(Ended::at)
                .filter(at -> !at.isAfter(now))
                .max(Instant::compareTo)
                .orElse(atLeast);
    }

    private Map<UUID, Ended> read(Instant since) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(ENDED)) {
            statement.setObject(1, since.atOffset(ZoneOffset.UTC));
            var read = new HashMap<UUID, Ended>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    read.put(rows.getObject(1, UUID.class), Ended.of(rows));
                }
            }
            return read;
        } catch (SQLException e) {
            throw new DatabaseFailed("the last 90 days were not read", e);
        }
    }

    private static String sentence(List<Ended> all) {
        if (all.isEmpty()) {
            return "90 days: no upgrade has ended but simulated ones, which are not counted";
        }
        long promoted = all.stream().filter(Ended::isPromoted).count();
        long people = all.stream().mapToLong(Ended::people).sum();
        var waited = median(all, Ended::waited);
        var parts = new ArrayList<String>();
        parts.add(
                "90 days: %s, %s promoted, %s rolled back"
                        .formatted(
                                all.size() == 1
                                        ? "1 upgrade"
                                        : Numbers.count(all.size()) + " upgrades",
                                Numbers.count(promoted),
                                Numbers.count(all.size() - promoted)));
        parts.add(
                "median %s%s"
                        .formatted(
                                Numbers.duration(median(all, Ended::took)),
                                waited.isZero()
                                        ? ""
                                        : ", of which %s waiting for people"
                                                .formatted(Numbers.duration(waited))));
        if (people > 0) {
            parts.add("%s people met a worse model".formatted(Numbers.count(people)));
        }
        return String.join("; ", parts);
    }

    /// The middle one, or what lies between the two in the middle.
    private static Duration median(List<Ended> all, Function<Ended, Duration> of) {
        var seconds = all.stream().map(of).mapToLong(Duration::toSeconds).sorted().toArray();
        return Duration.ofSeconds(
                (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2);
    }
}
