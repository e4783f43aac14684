package dev.serin.server.route;

import dev.serin.engine.plan.Share;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.Beating;
import dev.serin.server.SerinConfig;
import dev.serin.server.access.Scope;
import dev.serin.server.rollout.Changes;
import dev.serin.server.rollout.Routes;
import dev.serin.server.rollout.Serving;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The routes as this replica knows them.
@Singleton
public class RouteTable implements Beating {

    private static final Logger LOG = Logger.getLogger(RouteTable.class);

    /// What was read, and when reading it began, in monotonic nanoseconds.
    private record Known(Map<String, Serving> byRoute, long since) {}

    private static final long NEVER = Long.MIN_VALUE;

    private final Routes routes;
    private final Changes changes;
    private final Duration lease;
    private final LongSupplier nanos;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known known = new Known(Map.of(), NEVER);

    @Inject
    RouteTable(Routes routes, Changes changes, SerinConfig config) {
        this(routes, changes, config.routes().lease(), System::nanoTime);
    }

    RouteTable(Routes routes, Changes changes, Duration lease, LongSupplier nanos) {
        this.routes = routes;
        this.changes = changes;
        this.lease = lease;
        this.nanos = nanos;
    }

    /// Where one call goes.
    ///
    /// @param serving what is known of its route
    /// @param isCertain whether word of the route is fresh; if not, the baseline serves
    /// @param isForced whether the plan forces its caller to the arm, whatever the split says
    public record Directions(
            Serving serving, Arm arm, String model, boolean isCertain, boolean isForced) {}

    void begin(@Observes StartupEvent event) {
        changes.whenAny(() -> Thread.ofVirtual().name("routes").start(this::refresh));
    }

    /// Which model answers a call of `key` on `route`; empty if there is no such route.
    ///
    /// @param key what keeps its arm
    public Optional<Directions> of(String route, String key) {
        return of(route, key, _ -> null);
    }

    /// The same for a call of which more is known.
    ///
    /// @param header asks for a header of the call, or what stands for it; null if there is none
    public Optional<Directions> of(
            String route, String key, Function<String, @Nullable String> header) {
        var now = known;
        var serving = now.byRoute.get(route);
        if (serving == null) {
            return Optional.empty();
        }
        var split = serving.split();
        if (split == null) {
            return Optional.of(new Directions(serving, Arm.BASELINE, serving.model(), true, false));
        }
        if (nanos.getAsLong() - now.since > lease.toNanos()) {
            return Optional.of(
                    new Directions(serving, Arm.BASELINE, split.baseline(), false, false));
        }
        var named = split.forced();
        var forced = named == null ? Optional.<Share>empty() : named.shareOf(key, header);
        var arm = split.arms().armOf(key, forced.orElse(split.share()));
        var model = arm == Arm.CANDIDATE ? split.candidate() : split.baseline();
        return Optional.of(new Directions(serving, arm, model, true, forced.isPresent()));
    }

    public Optional<Serving> of(String route) {
        return Optional.ofNullable(known.byRoute.get(route));
    }

    /// The same for somebody; empty too where they may not see the route.
    public Optional<Serving> of(String route, Scope sight) {
        return of(route).filter(serving -> sight.covers(serving.team()));
    }

    /// Whether there is such a route. Where this replica knows of none, the database is asked: it may
    /// just have begun.
    public boolean lookFor(String route) {
        if (of(route).isEmpty()) {
            refresh();
        }
        return of(route).isPresent();
    }

    /// Whether the stored routes have been read since the start.
    boolean wasRead() {
        return known.since != NEVER;
    }

    public List<String> names() {
        return names(Scope.EVERYWHERE);
    }

    /// The names of routes that somebody may see, in order.
    public List<String> names(Scope sight) {
        return known.byRoute.values().stream()
                .filter(serving -> sight.covers(serving.team()))
                .map(Serving::route)
                .sorted()
                .toList();
    }

    @Override
    public void beat() {
        refresh();
    }

    /// Reads the stored routes. Whoever comes while they are being read waits, and shares the next
    /// reading with all others that wait.
    public void refresh() {
        asked.set(true);
        reading.lock();
        try {
            if (!asked.getAndSet(false)) {
                return;
            }
            long began = nanos.getAsLong();
            known = new Known(routes.serving(known.byRoute), began);
        } catch (RuntimeException e) {
            LOG.debugf("the routes were not read: %s; tried again in a second", e);
        } finally {
            reading.unlock();
        }
    }
}
