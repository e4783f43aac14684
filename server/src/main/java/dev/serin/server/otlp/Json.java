package dev.serin.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what is exported as JSON: protobuf's mapping, but with ids in hex.
final class Json {

    private static final int ERROR = 2;

    private Json() {}

    /// @throws ProblemException if it is no JSON object
    static List<Span> spans(byte[] body) {
        var spans = new ArrayList<Span>();
        for (var resource : object(body).path("resourceSpans")) {
            var shared = attributes(resource.path("resource"));
            for (var scope : resource.path("scopeSpans")) {
                for (var span : scope.path("spans")) {
                    spans.add(span(span, shared, scope(scope.path("scope"))));
                }
            }
        }
        return spans;
    }

    /// @throws ProblemException if it is no JSON object
    static List<Event> logs(byte[] body) {
        var events = new ArrayList<Event>();
        for (var resource : object(body).path("resourceLogs")) {
            var shared = attributes(resource.path("resource"));
            for (var scope : resource.path("scopeLogs")) {
                for (var record : scope.path("logRecords")) {
                    events.add(event(record, shared, scope(scope.path("scope"))));
                }
            }
        }
        return events;
    }

    private static JsonNode object(byte[] body) {
        var json = Bodies.json(body);
        if (!json.isObject()) {
            throw ProblemException.badRequest("the body is to be one JSON object");
        }
        return json;
    }

    private static Span span(JsonNode span, Attributes shared, Event.Scope scope) {
        var traceId = id(span, "traceId");
        var spanId = id(span, "spanId");
        var events = new ArrayList<Event>();
        for (var event : span.path("events")) {
            events.add(
                    new Event(
                            event.path("name").asText(),
                            traceId,
                            spanId,
                            time(event, "timeUnixNano"),
                            attributes(event),
                            scope));
        }
        var code = span.path("status").path("code");
        return new Span(
                traceId,
                spanId,
                time(span, "startTimeUnixNano"),
                time(span, "endTimeUnixNano"),
                code.asInt() == ERROR || code.asText().equals("STATUS_CODE_ERROR"),
                attributes(span).or(shared),
                events);
    }

    private static Event event(JsonNode record, Attributes shared, Event.Scope scope) {
        var attributes = attributes(record).or(shared);
        var name = record.path("eventName").asText();
        var at = time(record, "timeUnixNano");
        return new Event(
                name.isEmpty() ? Events.nameIn(attributes) : name,
                id(record, "traceId"),
                id(record, "spanId"),
                at == null ? time(record, "observedTimeUnixNano") : at,
                attributes,
                scope);
    }

    private static Event.Scope scope(JsonNode scope) {
        return new Event.Scope(scope.path("name").asText(), scope.path("version").asText());
    }

    private static String id(JsonNode of, String field) {
        return of.path(field).asText().toLowerCase(Locale.ROOT);
    }

    /// Whole numbers of 64 bits are written as texts, and read as either.
    private static @Nullable Instant time(JsonNode of, String field) {
        try {
            return Nanos.instant(Long.parseUnsignedLong(of.path(field).asText("0")));
        } catch (NumberFormatException _) {
            throw ProblemException.badField(
                    field,
                    "is a whole number of nanoseconds since 1970, got " + of.path(field).asText());
        }
    }

    private static Attributes attributes(JsonNode of) {
        Map<String, Object> byName = new HashMap<>();
        for (var one : of.path("attributes")) {
            var name = one.path("key").asText();
            var value = one.path("value");
            if (value.has("stringValue")) {
                byName.put(name, value.path("stringValue").asText());
            } else if (value.has("boolValue")) {
                byName.put(name, value.path("boolValue").asBoolean());
            } else if (value.has("intValue")) {
                byName.put(name, value.path("intValue").asLong());
            } else if (value.has("doubleValue")) {
                byName.put(name, value.path("doubleValue").asDouble(Double.NaN));
            }
        }
        return new Attributes(byName);
    }
}
