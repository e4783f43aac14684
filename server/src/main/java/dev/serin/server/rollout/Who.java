package dev.serin.server.rollout;

import dev.serin.server.access.Visitors;
import jakarta.enterprise.context.ApplicationScoped;

/// Tells under which name the journal writes whoever sent the request.
@ApplicationScoped
public class Who {

    private final Visitors visitors;

    Who(Visitors visitors) {
        this.visitors = visitors;
    }

    public String asks() {
        return visitors.current().by();
    }
}
