package dev.serin.server.route;

import jakarta.enterprise.context.ApplicationScoped;

/// How fast a route burns its error budgets.
@ApplicationScoped
public class RouteBurn {

    private final RouteReads reads;

    RouteBurn(RouteReads reads) {
        this.reads = reads;
    }

    /// The fastest of its objectives over their own windows: 1 uses a budget up exactly at its
    /// window's end; 0 without calls.
    ///
    /// @throws dev.serin.server.rollout.NoSuchRoute if there is none of this name
    public double of(String route) {
        return reads.one(route).kept().stream()
                .map(kept -> kept.window().state())
                .filter(state -> state.calls() > 0)
                .mapToDouble(state -> state.burn())
                .max()
                .orElse(0);
    }
}
