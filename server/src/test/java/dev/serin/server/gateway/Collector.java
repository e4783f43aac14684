package dev.serin.server.gateway;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes spans as a collector of OpenTelemetry does.
final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    /// @param key that whoever tells it must show
    static Collector at(int port, String key) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var collector = new Collector(server);
        server.createContext(
                "/v1/traces",
                call -> {
                    boolean known = key.equals(call.getRequestHeaders().getFirst("Authorization"));
                    if (known) {
                        collector.take(ExportTraceServiceRequest.parseFrom(call.getRequestBody()));
                    }
                    call.sendResponseHeaders(known ? 200 : 401, -1);
                    call.close();
                });
        server.start();
        return collector;
    }

    private void take(ExportTraceServiceRequest told) {
        told.getResourceSpansList()
                .forEach(resource ->
                        resource.getScopeSpansList()
                                .forEach(scope -> spans.addAll(scope.getSpansList())));
    }

    /// Spans of one trace, in the order in which they began.
    List<Span> of(String trace) {
        return spans.stream()
                .filter(span ->
                        HexFormat.of().formatHex(span.getTraceId().toByteArray()).equals(trace))
                .sorted((one, other) ->
                        Long.compareUnsigned(
                                one.getStartTimeUnixNano(), other.getStartTimeUnixNano()))
                .toList();
    }

    static String id(Span span) {
        return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    static String parent(Span span) {
        return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    /// What a span says of itself, as text; empty if it does not.
    static String said(Span span, String attribute) {
        return span.getAttributesList().stream()
                .filter(one -> one.getKey().equals(attribute))
                .map(one ->
                        one.getValue().hasIntValue()
                                ? Long.toString(one.getValue().getIntValue())
                                : one.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
