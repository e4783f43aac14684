package dev.serin.bench.chaos;

import dev.serin.bench.chaos.Checks.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A site under load, over which faults are brought, and what is left of it in the end.
final class Night implements AutoCloseable {

    private static final int POSTED_ROUTES = 4;
    private static final int GATEWAY_ROUTES = 2;
    private static final Duration LOOK = Duration.ofMillis(100);

    /// What anything may take that must come about once the site is whole.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Site site;
    private final Model model = new Model();
    private final AtomicInteger factor = new AtomicInteger(1);
    private final Upgrades upgrades;
    private final Faults faults;
    private final List<Poster> posters = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();
    private final List<Onlooker> onlookers = new ArrayList<>();
    private List<String> late = List.of();
    private List<String> torn = List.of();

    private Night(Site site, long seed) {
        this.site = site;
        this.upgrades = new Upgrades(site, model);
        this.faults = new Faults(site, factor, seed);
        for (int i = 0; i < POSTED_ROUTES; i++) {
            var route = "posted-" + i;
            upgrades.onPosted(route, seed + i);
            posters.add(new Poster(site, model, upgrades, route, seed + i, factor));
        }
        for (int i = 0; i < GATEWAY_ROUTES; i++) {
            var route = "gateway-" + i;
            upgrades.onGateway(route, seed + i);
            for (var replica : site.replicas()) {
                callers.add(new Caller(replica, model, route, factor));
            }
        }
        for (var replica : site.replicas()) {
            onlookers.add(new Onlooker(replica, model, upgrades));
        }
    }

    /// Begins one, and returns when calls of every kind come through.
    ///
    /// @param jar of the packaged program
    /// @param seed of the load, and of when and whom faults befall
    static Night begin(Path jar, long seed) throws IOException, InterruptedException {
        var site = Site.start(jar);
        var night = new Night(site, seed);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (night.model.calls().size() < POSTED_ROUTES || night.model.gatewayCalls() == 0) {
            if (System.nanoTime() > end) {
                night.close();
                throw new IOException("no load comes through; see " + site.directory());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return night;
    }

    Site site() {
        return site;
    }

    Model model() {
        return model;
    }

    Faults faults() {
        return faults;
    }

    /// Ends the load, once all has come right again as far as it does.
    void end() throws InterruptedException, SQLException {
        torn = torn(site);
        late = upgrades.end(PATIENCE);
        for (var poster : posters) {
            if (!poster.end(PATIENCE)) {
                model.odd("a batch was not acknowledged, though all is whole again");
            }
        }
        for (var caller : callers) {
            caller.end();
        }
        for (var onlooker : onlookers) {
            onlooker.end();
        }
        settle();
    }

    /// Holds what is stored to what was answered; after the end.
    List<Check> checks() throws SQLException {
        try (var database = connect()) {
            return checks(database);
        }
    }

    /// The same as one connection sees it.
    List<Check> checks(Connection database) throws SQLException {
        return new Checks(database, model).all(late, torn);
    }

    Connection connect() throws SQLException {
        return site.database().connect();
    }

    /// The servers that do not work again, though all around them is whole.
    private static List<String> torn(Site site) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var torn = new ArrayList<String>();
            for (var replica : site.replicas()) {
                replica.trouble().ifPresent(torn::add);
            }
            if (torn.isEmpty() || System.nanoTime() > end) {
                return torn;
            }
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    /// What gateways have seen is stored a moment after it was answered.
    private void settle() throws SQLException {
        try (var database = connect();
                var statement = database.createStatement()) {
            long before = -1;
            while (true) {
                try (var rows = statement.executeQuery("select coalesce(sum(n), 0) from pulse")) {
                    rows.next();
                    if (rows.getLong(1) == before) {
                        return;
                    }
                    before = rows.getLong(1);
                }
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            }
        }
    }

    @Override
    public void close() throws IOException {
        site.close();
    }
}
