package dev.serin.bench.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Holds what is stored to what was answered.
final class Checks {

    /// What a commit takes from its time until others see it, and a call until its arm is chosen.
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final int SERVERS = 3;

    /// @param looked at so many things
    /// @param broken a sentence for each that is not as it must be
    record Check(String what, long looked, List<String> broken) {}

    private final Connection database;
    private final Model model;

    Checks(Connection database, Model model) {
        this.database = database;
        this.model = model;
    }

    /// @param late routes whose rollout does not end
    /// @param torn what is wrong with servers that should work again
    List<Check> all(List<String> late, List<String> torn) throws SQLException {
        return List.of(
                nothingLost(),
                nothingTwice(),
                labels(),
                stepsOnce(),
                oneDecisionEach(),
                sharesInJournal(),
                noCandidateAfter(),
                allEnd(late),
                new Check("every server judges and routes again", SERVERS, torn),
                new Check("answers that should never be given", 0, model.oddities()));
    }

    private Check nothingLost() throws SQLException {
        var broken = new ArrayList<String>();
        long looked = 0;
        for (var posted : model.calls().entrySet()) {
            var stored = ids(posted.getKey());
            for (var id : posted.getValue().keySet()) {
                looked++;
                if (!stored.contains(id)) {
                    broken.add(
                            "%s of %s was acknowledged and is not stored"
                                    .formatted(id, posted.getKey()));
                }
            }
        }
        return new Check("no acknowledged observation is lost", looked, broken);
    }

    private Set<String> ids(UUID rollout) throws SQLException {
        var ids = new HashSet<String>();
        try (var query = database.prepareStatement("select id from call where rollout = ?")) {
            query.setObject(1, rollout);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    private Check nothingTwice() throws SQLException {
        var broken = new ArrayList<String>();
        long looked = 0;
        for (var posted : model.calls().entrySet()) {
            for (boolean candidate : List.of(true, false)) {
                var calls =
                        posted.getValue().values().stream()
                                .filter(call -> call.candidate() == candidate)
                                .toList();
                long bad = calls.stream().filter(Model.Call::bad).count();
                looked += calls.size();
                var summed = sums(posted.getKey(), candidate, "calls");
                var errors = sums(posted.getKey(), candidate, "error");
                if (summed[0] != calls.size() || errors[0] != calls.size() || errors[1] != bad) {
                    broken.add(
                            "%s, %s: %d calls and %d errors were acknowledged; the sums say %d calls, and %d errors of %d"
                                    .formatted(
                                            posted.getKey(),
                                            candidate ? "candidate" : "baseline",
                                            calls.size(),
                                            bad,
                                            summed[0],
                                            errors[1],
                                            errors[0]));
                }
            }
        }
        looked += gatewayTwice(broken);
        return new Check("none is counted twice, nor left out of the sums", looked, broken);
    }

    /// Calls of the gateway have ids of their own, so that rows and sums must agree.
    private long gatewayTwice(List<String> broken) throws SQLException {
        long looked = 0;
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select r.id, coalesce(t.n, 0), coalesce(c.n, 0) from rollout r
                                left join lateral (select sum(n) as n from tally
                                  where rollout = r.id and metric = 'calls') t on true
                                left join lateral (select count(*) as n from call
                                  where rollout = r.id) c on true\
                                """)) {
            while (rows.next()) {
                looked += rows.getLong(3);
                if (rows.getLong(2) != rows.getLong(3)) {
                    broken.add(
                            "%s has %d calls in its sums and %d stored"
                                    .formatted(
                                            rows.getString(1), rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return looked;
    }

    private Check labels() throws SQLException {
        var broken = new ArrayList<String>();
        long looked = 0;
        for (var rollout : model.calls().keySet()) {
            long summed =
                    sums(rollout, true, "label:hallucination")[0]
                            + sums(rollout, false, "label:hallucination")[0];
            looked += model.labels(rollout);
            if (summed != model.labels(rollout)) {
                broken.add(
                        "%s: %d labels were acknowledged, %d are counted"
                                .formatted(rollout, model.labels(rollout), summed));
            }
        }
        return new Check("labels are counted once", looked, broken);
    }

    private long[] sums(UUID rollout, boolean candidate, String metric) throws SQLException {
        try (var query =
                database.prepareStatement(
                        """
                        select coalesce(sum(n), 0), coalesce(sum(bad), 0) from tally
                        where rollout = ? and arm = ? and metric = ?\
                        """)) {
            query.setObject(1, rollout);
            query.setInt(2, candidate ? 1 : 0);
            query.setString(3, metric);
            try (var rows = query.executeQuery()) {
                rows.next();
                return new long[] {rows.getLong(1), rows.getLong(2)};
            }
        }
    }

    /// The journal against itself and against the steps that were entered.
    private Check stepsOnce() throws SQLException {
        var broken = new ArrayList<String>();
        long looked = 0;
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select r.id, count(*), count(distinct j.entry ->> 'step'),
                                  (select count(*) from step_entered s where s.rollout = r.id)
                                from rollout r join journal j on j.rollout = r.id
                                where j.entry ->> 'is' = 'StepEntered' group by r.id\
                                """)) {
            while (rows.next()) {
                looked += rows.getLong(2);
                if (rows.getLong(2) != rows.getLong(3) || rows.getLong(2) != rows.getLong(4)) {
                    broken.add(
                            "%s entered %d steps, %d different ones, %d kept"
                                    .formatted(
                                            rows.getString(1),
                                            rows.getLong(2),
                                            rows.getLong(3),
                                            rows.getLong(4)));
                }
            }
        }
        return new Check("no step is entered twice", looked, broken);
    }

    /// Two that were made of the same state would have overwritten one another.
    private Check oneDecisionEach() throws SQLException {
        var broken = new ArrayList<String>();
        long looked = 0;
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select rollout, version, count(distinct xmin::text) from journal
                                group by rollout, version\
                                """)) {
            while (rows.next()) {
                looked++;
                if (rows.getLong(3) != 1) {
                    broken.add(
                            "%d decisions made version %d of %s"
                                    .formatted(
                                            rows.getLong(3), rows.getLong(2), rows.getString(1)));
                }
            }
        }
        return new Check("every version is one decision", looked, broken);
    }

    /// What any server said of a share, against the journal up to the version that it named.
    private Check sharesInJournal() throws SQLException {
        var broken = new ArrayList<String>();
        long looked = 0;
        for (var rollout : rollouts()) {
            var shares = shares(rollout);
            for (var said : model.said(rollout)) {
                looked++;
                var written = shares.floorEntry(said.version());
                if (written == null || said.share() > written.getValue() + 1e-9) {
                    broken.add(
                            "%s was said to have %s at version %d; its journal has %s"
                                    .formatted(rollout, said.share(), said.version(), shares));
                }
            }
        }
        return new Check("no share is raised without its entry in the journal", looked, broken);
    }

    private List<UUID> rollouts() throws SQLException {
        var all = new ArrayList<UUID>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("select id from rollout")) {
            while (rows.next()) {
                all.add(rows.getObject(1, UUID.class));
            }
        }
        return all;
    }

    private NavigableMap<Long, Double> shares(UUID rollout) throws SQLException {
        var shares = new TreeMap<Long, Double>();
        try (var query =
                database.prepareStatement(
                        """
                        select version, entry ->> 'is', (entry #>> '{share,fraction}')::float8 from journal
                        where rollout = ? order by seq\
                        """)) {
            query.setObject(1, rollout);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    switch (rows.getString(2)) {
                        case "StepEntered" -> shares.put(rows.getLong(1), rows.getDouble(3));
                        case "RolledBack" -> shares.put(rows.getLong(1), 0.0);
                        // The candidate has become the route's model.
                        case "Completed" -> shares.put(rows.getLong(1), 1.0);
                        default -> {
                            // Leaves the share as it is.
                        }
                    }
                }
            }
        }
        return shares;
    }

    private Check noCandidateAfter() throws SQLException {
        var broken = new ArrayList<String>();
        var ended = rolledBack();
        long looked = 0;
        for (Map.Entry<UUID, Instant> last : model.lastCandidate().entrySet()) {
            var end = ended.get(last.getKey());
            if (end == null) {
                continue;
            }
            looked++;
            var after = Duration.between(end, last.getValue());
            if (after.compareTo(Site.LEASE.plus(SLACK)) > 0) {
                broken.add(
                        "%s: the candidate was called %d ms after it was rolled back, the lease is %s"
                                .formatted(last.getKey(), after.toMillis(), Site.LEASE));
            }
        }
        return new Check(
                "no call of a candidate that was rolled back, after the lease", looked, broken);
    }

    /// When each rollback was committed. That may be long after it was decided: a commit that was sent just
    /// before a line was cut arrives when the line is mended.
    private Map<UUID, Instant> rolledBack() throws SQLException {
        var ended = new TreeMap<UUID, Instant>();
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                // What is not committed yet has no such time.
                                """
                                select rollout, coalesce(pg_xact_commit_timestamp(xmin), at) from journal
                                where entry ->> 'is' = 'RolledBack'\
                                """)) {
            while (rows.next()) {
                ended.put(rows.getObject(1, UUID.class), instant(rows, 2));
            }
        }
        return ended;
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    private Check allEnd(List<String> late) throws SQLException {
        var broken = new ArrayList<String>();
        late.forEach(route -> broken.add("the rollout of %s does not end".formatted(route)));
        long looked = 0;
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "select id, ended_at is null, trouble from rollout")) {
            while (rows.next()) {
                looked++;
                if (rows.getBoolean(2)) {
                    broken.add(
                            "%s is under way still; trouble: %s"
                                    .formatted(rows.getString(1), rows.getString(3)));
                }
            }
        }
        return new Check("every rollout ends", looked, broken);
    }
}
