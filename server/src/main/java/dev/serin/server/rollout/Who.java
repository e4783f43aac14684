package dev.serin.server.rollout;

import jakarta.enterprise.context.ApplicationScoped;

/// Tells under which name the journal writes whoever sent the request.
@ApplicationScoped
public class Who {

    public String asks() {
        return "somebody (said)";
    }
}
