package dev.serin.server.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a rollout's source last said, in the words of the API.
///
/// @param every how often it is asked, ISO 8601
/// @param askedAt null before the first poll
/// @param heardAt when it last answered all that was asked; null if it never did
/// @param trouble why it gives no data; null if nothing is wrong
/// @param readings of the last poll
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SourceState(
        String name,
        String every,
        @Nullable Instant askedAt,
        @Nullable Instant heardAt,
        @Nullable String trouble,
        List<Reading> readings) {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .findAndAddModules()
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();

    /// What one pair of counters, or one rate, said of one arm.
    ///
    /// @param limit of a percentile's condition; null for others
    /// @param calls counted since the poll before; null for a rate
    /// @param bad of these; null for a rate
    /// @param rate shown and never judged; null for counters
    /// @param problem why it counts nothing; null if nothing is wrong
    @RegisterForReflection
    public record Reading(
            String arm,
            String metric,
            @Nullable Double limit,
            @Nullable Long calls,
            @Nullable Long bad,
            @Nullable Double rate,
            @Nullable String problem) {}

    public SourceState {
        readings = List.copyOf(readings);
    }

    /// Reads what is stored.
    public static SourceState parse(String stored) {
        try {
            return JSON.readValue(stored, SourceState.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored source's state cannot be read", e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of text and numbers always become JSON", e);
        }
    }
}
