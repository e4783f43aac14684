package dev.serin.server.tracing;

import dev.serin.server.SerinConfig;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells a collector of the gateway's calls.
///
/// A call whose client sent a `traceparent` is a part of that trace, and traced if that one is; of
/// others a share is traced.
@Singleton
public class Tracing {

    /// How long what was not yet told is waited for when the server stops.
    private static final int LAST_WORDS_SECONDS = 5;

    private static final TextMapGetter<Function<String, @Nullable String>> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Function<String, @Nullable String> headers) {
                    return List.of();
                }

                @Override
                public @Nullable String get(
                        @Nullable Function<String, @Nullable String> headers, String name) {
                    return headers == null ? null : headers.apply(name);
                }
            };

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;

    Tracing(SerinConfig config) {
        var settings = config.tracing();
        provider = settings.endpoint().map(to -> provider(to, settings)).orElse(null);
        tracer = provider == null ? null : provider.get("dev.serin");
    }

    private static SdkTracerProvider provider(URI endpoint, SerinConfig.Tracing settings) {
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString());
        settings.headers().forEach(exporter::addHeader);
        return SdkTracerProvider.builder()
                .setResource(
                        Resource.create(
                                Attributes.of(
                                        AttributeKey.stringKey("service.name"),
                                        settings.serviceName())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.share())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
                .build();
    }

    /// A call of a route has come in.
    ///
    /// @param operation what is asked for, as OpenTelemetry names it: `chat`, `embeddings`
    /// @param header gives the call's headers
    public CallTrace begin(
            String operation, String route, Function<String, @Nullable String> header) {
        var tells = tracer;
        if (tells == null) {
            return CallTrace.NONE;
        }
        var parent =
                W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADERS);
        var span =
                tells.spanBuilder(operation + " " + route)
                        .setParent(parent)
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute(Names.OPERATION, operation)
                        .setAttribute(Names.ASKED_MODEL, route)
                        .setAttribute(Names.ROUTE, route)
                        .startSpan();
        return new CallTrace(tells, operation, span, parent.with(span));
    }

    @PreDestroy
    void close() {
        if (provider != null) {
            provider.shutdown().join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
