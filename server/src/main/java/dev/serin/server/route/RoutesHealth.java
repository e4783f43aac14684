package dev.serin.server.route;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Says whether this replica has read the routes, which is all that it needs to send calls on.
@Readiness
class RoutesHealth implements HealthCheck {

    private final RouteTable routes;

    RoutesHealth(RouteTable routes) {
        this.routes = routes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Routes were read").status(routes.wasRead()).build();
    }
}
