package dev.serin.server.tracing;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.provider.Provider;
import dev.serin.server.provider.Usage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One call of a route: a span, and in it one for each provider that is asked, one after the other.
public final class CallTrace {

    /// Of a call of which nobody is told.
    static final CallTrace NONE = new CallTrace(null, "", Span.getInvalid(), Context.root());

    private final @Nullable Tracer tracer;
    private final String operation;
    private final Span call;
    private final Context within;
    private Span question = Span.getInvalid();

    CallTrace(@Nullable Tracer tracer, String operation, Span call, Context within) {
        this.tracer = tracer;
        this.operation = operation;
        this.call = call;
        this.within = within;
    }

    /// The call is a part of this rollout.
    public void isOf(UUID rollout, int step, Arm arm) {
        if (tracer != null) {
            call.setAttribute(Names.ROLLOUT, rollout.toString())
                    .setAttribute(Names.STEP, (long) step)
                    .setAttribute(Names.ARM, word(arm));
        }
    }

    /// A provider is asked.
    ///
    /// @return headers that make what the provider traces a part of it; none if nobody is told
    public Map<String, String> asks(Provider.Model model, Arm arm) {
        if (tracer == null) {
            return Map.of();
        }
        question =
                tracer.spanBuilder(operation + " " + model.name())
                        .setParent(within)
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute(Names.OPERATION, operation)
                        .setAttribute(Names.PROVIDER, model.provider().name())
                        .setAttribute(Names.ASKED_MODEL, model.name())
                        .setAttribute(Names.SERVER, model.provider().base().getHost())
                        .setAttribute(Names.ARM, word(arm))
                        .startSpan();
        var headers = new HashMap<String, String>();
        W3CTraceContextPropagator.getInstance()
                .inject(
                        within.with(question),
                        headers,
                        (carrier, name, value) -> Objects.requireNonNull(carrier).put(name, value));
        return headers;
    }

    /// An arm could not even be asked.
    public void passesOver(Arm arm, String why) {
        if (tracer != null) {
            call.addEvent(
                    "serin.passed_over", Attributes.of(Names.ARM, word(arm), Names.ERROR, why));
        }
    }

    /// The provider's answer has ended.
    ///
    /// @param answer its name there; null if it told none
    /// @param usage null if it told none
    /// @param error class of what went wrong; null if nothing did
    public void isAnswered(@Nullable String answer, @Nullable Usage usage, @Nullable String error) {
        if (tracer == null) {
            return;
        }
        if (answer != null) {
            question.setAttribute(Names.RESPONSE_ID, answer);
        }
        if (usage != null) {
            question.setAttribute(Names.TOKENS_IN, usage.in())
                    .setAttribute(Names.TOKENS_OUT, usage.out());
        }
        end(question, error);
    }

    /// The call is over.
    ///
    /// @param error class of what the client was told; null if it got an answer
    public void ends(@Nullable String error) {
        if (tracer != null) {
            end(call, error);
        }
    }

    private static void end(Span span, @Nullable String error) {
        if (error != null) {
            span.setAttribute(Names.ERROR, error).setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private static String word(Arm arm) {
        return arm.name().toLowerCase(Locale.ROOT);
    }
}
