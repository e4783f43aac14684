package dev.serin.server.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/// Tells an endpoint who asks.
@ApplicationScoped
public class Visitors {

    private static final String KEY = "serin.visitor";

    private final CurrentVertxRequest request;

    Visitors(CurrentVertxRequest request) {
        this.request = request;
    }

    /// Whoever sent the request that is being answered.
    public Visitor current() {
        return of(request.getCurrent());
    }

    /// What whoever asks may look at.
    public Scope sight() {
        return current().sight();
    }

    /// Whoever sent a request, where it is no JAX-RS resource that answers it.
    public static Visitor of(RoutingContext context) {
        var visitor = context.<Visitor>get(KEY);
        return visitor == null ? Visitor.STRANGER : visitor;
    }

    static void put(RoutingContext context, Visitor visitor) {
        context.put(KEY, visitor);
    }
}
