package dev.serin.server.gateway;

import dev.serin.server.breaker.Breakers;
import dev.serin.server.breaker.RetryAfter;
import dev.serin.server.judging.AnswerJudges;
import dev.serin.server.provider.Providers;
import dev.serin.server.rollout.Serving;
import dev.serin.server.route.Flights;
import dev.serin.server.tracing.Tracing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What all exchanges share.
@Singleton
class Desk {

    private final Clients clients;
    private final Providers providers;
    private final GatewayMeters meters;
    private final Flights flights;
    private final Answered answered;
    private final Breakers breakers;
    private final AnswerJudges judges;
    private final Tracing tracing;

    Desk(
            Vertx vertx,
            Providers providers,
            GatewayMeters meters,
            Flights flights,
            Answered answered,
            Breakers breakers,
            AnswerJudges judges,
            Tracing tracing) {
        this.providers = providers;
        this.meters = meters;
        this.flights = flights;
        this.answered = answered;
        this.breakers = breakers;
        this.judges = judges;
        this.tracing = tracing;
        this.clients = new Clients(vertx);
    }

    /// What asks providers, for the event loop that calls this.
    HttpClient client() {
        return clients.mine();
    }

    Providers providers() {
        return providers;
    }

    GatewayMeters meters() {
        return meters;
    }

    Flights flights() {
        return flights;
    }

    Answered answered() {
        return answered;
    }

    Breakers breakers() {
        return breakers;
    }

    Tracing tracing() {
        return tracing;
    }

    /// What keeps the answer to a question for its judge; null if nobody is to judge it.
    @Nullable Hearing hearing(Serving.@Nullable Split split, Endpoint endpoint, Question asked) {
        var judge = split == null ? null : split.judge();
        var wire = endpoint.wire();
        return split == null || judge == null || wire == null
                ? null
                : new Hearing(judges, split.rollout(), judge, wire, asked);
    }

    /// An attempt at a call of a route has ended.
    ///
    /// @param fault null if its answer is good
    /// @param reply what the provider said instead of an answer; null if nothing
    void ended(String route, Attempt from, @Nullable Fault fault, @Nullable Reply reply) {
        var breaker = breakers.of(from.model().provider().name());
        if (fault != null && fault.isIllness()) {
            var wait = reply == null ? null : reply.headers().get(HttpHeaders.RETRY_AFTER);
            breaker.bad(from.began(), System.nanoTime(), RetryAfter.parse(wait, Instant.now()));
        } else {
            breaker.good(from.began(), System.nanoTime());
        }
        flights.end(route, from.arm());
        meters.ended(from, fault);
    }

    /// The client of an attempt has gone before its end.
    void left(String route, Attempt from) {
        breakers.of(from.model().provider().name()).letGo(from.began(), System.nanoTime());
        flights.end(route, from.arm());
        meters.left(from);
    }

    @PreDestroy
    void close() {
        clients.close();
    }
}
