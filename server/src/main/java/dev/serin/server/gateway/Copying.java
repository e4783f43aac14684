package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.Bounded;
import dev.serin.server.SerinConfig;
import dev.serin.server.dialect.Untranslatable;
import dev.serin.server.rollout.Serving;
import dev.serin.server.route.Copies;
import dev.serin.server.route.Copies.What;
import dev.serin.server.route.RouteTable;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/// Copies calls to the candidate of a shadow step, as many at once and at such cost as the settings
/// allow. A copy that may not be is left out and counted: nobody waits for one.
///
/// A question that builds on an answer is not copied: the candidate has not given that answer.
@Singleton
class Copying {

    private static final int MOST_ROLLOUTS = 1_000;

    private final Desk desk;
    private final Sightings sightings;
    private final Copies copies;
    private final int atOnce;
    private final double mostUsd;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<UUID, DoubleAdder> spent = Bounded.byUse(MOST_ROLLOUTS);

    Copying(Desk desk, Sightings sightings, Copies copies, SerinConfig config) {
        this.desk = desk;
        this.sightings = sightings;
        this.copies = copies;
        this.atOnce = config.gateway().mirror().atOnce();
        this.mostUsd = config.gateway().mirror().usd();
    }

    /// What is to be copied.
    ///
    /// @param key of the caller; null if it lasts for this call only
    record Original(
            Vertx vertx,
            Endpoint endpoint,
            Question asked,
            MultiMap headers,
            @Nullable String key,
            @Nullable String traceId) {}

    /// Sends a copy, if the step in force wants one of this call.
    ///
    /// @return null if there is none
    @Nullable Copy begin(RouteTable.Directions told, Original of) {
        var split = told.serving().split();
        if (split == null
                || !told.isCertain()
                || told.isForced()
                || of.asked().previous() != null
                || ThreadLocalRandom.current().nextDouble() >= split.mirror().fraction()) {
            return null;
        }
        var sighting =
                sightings.of(split, Arm.CANDIDATE, of.key(), /* forced= */ false, of.traceId());
        var model = desk.providers().of(split.candidate());
        if (model.isEmpty()) {
            sighting.unasked(Arm.CANDIDATE, Fault.NO_PROVIDER);
            return null;
        }
        Put put;
        try {
            put = Put.of(of.endpoint(), of.asked(), model.get());
        } catch (Untranslatable _) {
            sighting.unasked(Arm.CANDIDATE, Fault.FOREIGN);
            return Copy.unasked(desk, told.serving().route(), sighting);
        }
        var route = told.serving().route();
        var what = may(split, model.get().provider().name());
        copies.count(route, what);
        if (what != What.SENT) {
            return null;
        }
        var copy =
                new Copy(
                        desk,
                        route,
                        sighting,
                        desk.hearing(split, of.endpoint(), of.asked()),
                        usd -> ended(split.rollout(), usd));
        var attempt =
                new Attempt(
                        of.vertx(),
                        Arm.CANDIDATE,
                        model.get(),
                        /* isLast= */ false,
                        put,
                        split.latencyLimits(),
                        copy);
        desk.flights().begin(route, Arm.CANDIDATE);
        attempt.ask(desk.client(), of.headers(), Map.of());
        return copy;
    }

    private What may(Serving.Split split, String provider) {
        if (spent(split.rollout()).sum() >= mostUsd) {
            return What.COST;
        }
        if (running.incrementAndGet() > atOnce) {
            running.decrementAndGet();
            return What.BUSY;
        }
        if (!desk.breakers().of(provider).lets(System.nanoTime())) {
            running.decrementAndGet();
            return What.RESTING;
        }
        return What.SENT;
    }

    private void ended(UUID rollout, double usd) {
        running.decrementAndGet();
        spent(rollout).add(usd);
    }

    private DoubleAdder spent(UUID rollout) {
        synchronized (spent) {
            return spent.computeIfAbsent(rollout, _ -> new DoubleAdder());
        }
    }
}
