package dev.serin.server.access;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Tells where the request that is being answered came from, if one is.
@ApplicationScoped
public class Origins {

    private final CurrentVertxRequest request;

    Origins(CurrentVertxRequest request) {
        this.request = request;
    }

    /// The address that asked; empty where the program acts by itself.
    public Optional<String> address() {
        return current().map(AccessFilter::address);
    }

    /// Whether whoever sent the request has proven to be `by`.
    ///
    /// @param by a name as the journal writes it
    public boolean isProven(String by) {
        return current()
                .map(Visitors::of)
                .filter(visitor -> visitor.proven() && visitor.by().equals(by))
                .isPresent();
    }

    /// A name as the journal writes it, without the mark of one that was only said.
    public static String name(String by) {
        return by.endsWith(Visitor.SAID)
                ? by.substring(0, by.length() - Visitor.SAID.length())
                : by;
    }

    private Optional<RoutingContext> current() {
        return Arc.container().requestContext().isActive()
                ? Optional.ofNullable(request.getCurrent())
                : Optional.empty();
    }
}
