package dev.serin.server.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/// An error as the API tells it.
///
/// @param type names the kind of error
/// @param detail what to do about this one, in a sentence
/// @param more what a program may want to know of it
@RegisterForReflection
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonAnyGetter Map<String, Object> more) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String KINDS = "urn:serin:problem:";

    public Problem {
        more = new LinkedHashMap<>(more);
    }

    public static Problem of(String kind, Status status, String detail) {
        return new Problem(
                KINDS + kind, status.getReasonPhrase(), status.getStatusCode(), detail, Map.of());
    }

    public boolean isOf(String kind) {
        return type.equals(KINDS + kind);
    }

    /// The same with one more field.
    public Problem with(String field, Object value) {
        var fields = new LinkedHashMap<>(more);
        fields.put(field, value);
        return new Problem(type, title, status, detail, fields);
    }

    public Response response() {
        var response = Response.status(status).type(MEDIA_TYPE).entity(this);
        return (status == Status.SERVICE_UNAVAILABLE.getStatusCode()
                        ? response.header("Retry-After", 1)
                        : response)
                .build();
    }
}
