package dev.serin.server.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.serin.server.problem.ProblemException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Reads what is exported as protobuf.
final class Protobuf {

    private Protobuf() {}

    /// @throws ProblemException if it is no such message
    static List<Span> spans(byte[] body) {
        try {
            var spans = new ArrayList<Span>();
            for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                var shared = attributes(resource.getResource().getAttributesList());
                for (var scope : resource.getScopeSpansList()) {
                    for (var span : scope.getSpansList()) {
                        spans.add(span(span, shared, scope(scope.getScope())));
                    }
                }
            }
            return spans;
        } catch (InvalidProtocolBufferException e) {
            throw unreadable("an ExportTraceServiceRequest", e);
        }
    }

    /// @throws ProblemException if it is no such message
    static List<Event> logs(byte[] body) {
        try {
            var events = new ArrayList<Event>();
            for (var resource : ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
                var shared = attributes(resource.getResource().getAttributesList());
                for (var scope : resource.getScopeLogsList()) {
                    for (var record : scope.getLogRecordsList()) {
                        events.add(event(record, shared, scope(scope.getScope())));
                    }
                }
            }
            return events;
        } catch (InvalidProtocolBufferException e) {
            throw unreadable("an ExportLogsServiceRequest", e);
        }
    }

    private static ProblemException unreadable(String what, InvalidProtocolBufferException e) {
        return ProblemException.badRequest(
                "the body is not %s in protobuf: %s".formatted(what, e.getMessage()));
    }

    private static Span span(
            io.opentelemetry.proto.trace.v1.Span span, Attributes shared, Event.Scope scope) {
        var traceId = hex(span.getTraceId());
        var spanId = hex(span.getSpanId());
        var events =
                span.getEventsList().stream()
                        .map(event ->
                                new Event(
                                        event.getName(),
                                        traceId,
                                        spanId,
                                        Nanos.instant(event.getTimeUnixNano()),
                                        attributes(event.getAttributesList()),
                                        scope))
                        .toList();
        return new Span(
                traceId,
                spanId,
                Nanos.instant(span.getStartTimeUnixNano()),
                Nanos.instant(span.getEndTimeUnixNano()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                attributes(span.getAttributesList()).or(shared),
                events);
    }

    private static Event event(LogRecord record, Attributes shared, Event.Scope scope) {
        var attributes = attributes(record.getAttributesList()).or(shared);
        var name = record.getEventName();
        return new Event(
                name.isEmpty() ? Events.nameIn(attributes) : name,
                hex(record.getTraceId()),
                hex(record.getSpanId()),
                Nanos.instant(
                        record.getTimeUnixNano() == 0
                                ? record.getObservedTimeUnixNano()
                                : record.getTimeUnixNano()),
                attributes,
                scope);
    }

    private static Event.Scope scope(InstrumentationScope scope) {
        return new Event.Scope(scope.getName(), scope.getVersion());
    }

    private static Attributes attributes(List<KeyValue> told) {
        Map<String, Object> byName = new HashMap<>();
        for (var one : told) {
            var value = one.getValue();
            switch (value.getValueCase()) {
                case STRING_VALUE -> byName.put(one.getKey(), value.getStringValue());
                case BOOL_VALUE -> byName.put(one.getKey(), value.getBoolValue());
                case INT_VALUE -> byName.put(one.getKey(), value.getIntValue());
                case DOUBLE_VALUE -> byName.put(one.getKey(), value.getDoubleValue());
                default -> {}
            }
        }
        return new Attributes(byName);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
