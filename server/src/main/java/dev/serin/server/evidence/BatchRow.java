package dev.serin.server.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A posted batch under its `Idempotency-Key`, with the answer that it got.
final class BatchRow {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String CLAIM =
            """
            insert into batch (rollout, key, body_hash, at) values (?, ?, ?, ?)
            on conflict do nothing\
            """;

    private static final String READ =
            "select body_hash, answer::text from batch where rollout = ? and key = ?";

    private static final String ANSWER =
            "update batch set answer = ?::jsonb where rollout = ? and key = ?";

    /// What is known of a key.
    sealed interface Known {

        /// Nobody posted under it before.
        record New() implements Known {}

        record Answered(Answer answer) implements Known {}

        /// Another body was posted under it.
        record OtherBody() implements Known {}
    }

    private BatchRow() {}

    /// Takes the key, or tells what was posted under it. Waits for another replica that is at it.
    static Known claim(Connection connection, UUID rollout, Batch.Once once, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(CLAIM)) {
            insert.setObject(1, rollout);
            insert.setString(2, once.key());
            insert.setBytes(3, HexFormat.of().parseHex(once.bodyHash()));
            insert.setObject(4, now.atOffset(ZoneOffset.UTC));
            if (insert.executeUpdate() == 1) {
                return new Known.New();
            }
        }
        try (var query = connection.prepareStatement(READ)) {
            query.setObject(1, rollout);
            query.setString(2, once.key());
            try (var rows = query.executeQuery()) {
                rows.next();
                if (!HexFormat.of().formatHex(rows.getBytes(1)).equals(once.bodyHash())) {
                    return new Known.OtherBody();
                }
                return new Known.Answered(read(rows.getString(2)));
            }
        }
    }

    static void answered(Connection connection, UUID rollout, Batch.Once once, Answer answer)
            throws SQLException {
        try (var update = connection.prepareStatement(ANSWER)) {
            update.setString(1, write(answer));
            update.setObject(2, rollout);
            update.setString(3, once.key());
            update.executeUpdate();
        }
    }

    private static String write(Answer answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer always becomes JSON", e);
        }
    }

    private static Answer read(@Nullable String stored) {
        try {
            return JSON.readValue(String.valueOf(stored), Answer.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored answer cannot be read", e);
        }
    }
}
