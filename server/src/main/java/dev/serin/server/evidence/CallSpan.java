package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The span that told of a call, where the call goes by another name. Of several calls of a rollout that
/// one span tells of, it stands for the first.
///
/// @param span the span's name
/// @param began the day of the partition that holds the call
record CallSpan(String span, CallRow.Name call, LocalDate began) {

    private static final String ADD =
            """
            insert into call_span (span, rollout, began, id)
            select u.span, u.rollout, u.began, u.id
            from unnest(?::text[], ?::uuid[], ?::date[], ?::text[]) as u (span, rollout, began, id)
            on conflict do nothing\
            """;

    private static final String FIND =
            "select span, rollout, id, began from call_span where span = any (?)";

    /// In one order everywhere, so that two replicas never wait for each other for ever.
    private static final Comparator<CallSpan> ORDER =
            Comparator.comparing(CallSpan::began)
                    .thenComparing(row -> row.call.rollout())
                    .thenComparing(CallSpan::span);

    /// Days go whole; these have none of their own.
    private static final String FORGET =
            """
            delete from call_span_other s where s.began < ? and not exists (
              select from rollout r where r.id = s.rollout and (r.ended_at is null or r.ended_at >= ?))\
            """;

    /// Empty where no span told of the call, or where it has no other name.
    static Optional<CallSpan> of(Placed placed) {
        var call = placed.name();
        var span = placed.seen().span();
        return call == null || span == null || span.text().equals(call.id())
                ? Optional.empty()
                : Optional.of(new CallSpan(span.text(), call, placed.rollout().began()));
    }

    /// The name under which labels of its call may wait.
    CallRow.Name name() {
        return new CallRow.Name(call.rollout(), span);
    }

    static void add(Connection connection, Collection<CallSpan> spans) throws SQLException {
        if (spans.isEmpty()) {
            return;
        }
        var rows = spans.stream().sorted(ORDER).toList();
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setArray(1, array(connection, "text", rows, CallSpan::span));
            insert.setArray(2, array(connection, "uuid", rows, row -> row.call.rollout()));
            insert.setArray(3, array(connection, "date", rows, CallSpan::began));
            insert.setArray(4, array(connection, "text", rows, row -> row.call.id()));
            insert.executeUpdate();
        }
    }

    /// The calls of any rollout that spans among `names` told of.
    static List<CallSpan> find(Connection connection, Collection<String> names)
            throws SQLException {
        var found = new ArrayList<CallSpan>();
        var spans = names.stream().filter(name -> SpanName.parse(name).isPresent()).toArray();
        if (spans.length == 0) {
            return found;
        }
        try (var query = connection.prepareStatement(FIND)) {
            query.setArray(1, connection.createArrayOf("text", spans));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(
                            new CallSpan(
                                    rows.getString(1),
                                    new CallRow.Name(
                                            rows.getObject(2, UUID.class), rows.getString(3)),
                                    rows.getObject(4, LocalDate.class)));
                }
            }
        }
        return found;
    }

    /// Lets go of those that lie in no day's partition, once their rollout began and ended before a day.
    static void forget(Connection connection, LocalDate before) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setObject(1, before);
            delete.setObject(2, before.atStartOfDay().atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        }
    }
}
