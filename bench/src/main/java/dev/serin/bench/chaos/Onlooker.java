package dev.serin.bench.chaos;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Asks one server again and again what share each rollout has.
final class Onlooker {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Replica replica;
    private final Model model;
    private final Upgrades upgrades;
    private final Thread thread;
    private volatile boolean leaving;

    Onlooker(Replica replica, Model model, Upgrades upgrades) {
        this.replica = replica;
        this.model = model;
        this.upgrades = upgrades;
        this.thread = Thread.ofVirtual().name("onlooker").start(this::look);
    }

    void end() throws InterruptedException {
        leaving = true;
        thread.join();
    }

    private void look() {
        while (!leaving) {
            for (var route : upgrades.routes()) {
                upgrades.on(route).ifPresent(this::look);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void look(Upgrades.Run run) {
        try {
            var answer = replica.get("/api/v1/rollouts/" + run.id());
            if (answer.statusCode() == 200) {
                var rollout = new JsonObject(answer.body());
                model.said(
                        run.id(),
                        new Model.Said(
                                rollout.getLong("version"),
                                rollout.getDouble("share"),
                                rollout.getValue("endedAt") != null));
            }
        } catch (IOException _) {
            // It says nothing.
        } catch (InterruptedException _) {
            leaving = true;
        }
    }
}
