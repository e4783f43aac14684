package dev.serin.server.demo;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Begins and ends the demo with the server.
@ApplicationScoped
class Demo {

    /// After all that must be there already.
    private static final int LATE = 5_000;

    private final DemoHistory history;
    private final LiveTraffic traffic;
    private final GatewayTraffic client;
    private final Stage stage;
    private final DemoConfig config;
    private final boolean on;

    Demo(
            DemoHistory history,
            LiveTraffic traffic,
            GatewayTraffic client,
            Stage stage,
            DemoConfig config,
            @ConfigProperty(name = "serin.mode", defaultValue = "closed") String mode) {
        this.history = history;
        this.traffic = traffic;
        this.client = client;
        this.stage = stage;
        this.config = config;
        this.on = mode.equalsIgnoreCase("demo");
    }

    boolean isOn() {
        return on;
    }

    void begin(@Observes @Priority(LATE) StartupEvent event) {
        if (!on) {
            return;
        }
        if (config.gateway()) {
            client.begin(stage.routes(), config.seed());
        } else {
            history.fill();
            traffic.begin(stage.casts());
        }
        if (config.play() && stage.canPlayBoth()) {
            stage.playBoth();
        }
    }

    /// Before the calls under way are waited for: it would go on calling.
    void endCalls(@Observes ShutdownDelayInitiatedEvent event) {
        client.stop();
    }

    void end(@Observes ShutdownEvent event) {
        history.stop();
        traffic.stop();
        client.stop();
    }
}
