package dev.serin.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Kills servers and PostgreSQL under load, cuts the network, turns clocks, and tells what broke. Ends
/// with 1 if anything did.
public final class Chaos {

    private static final int POSTED_ROUTES = 4;
    private static final int GATEWAY_ROUTES = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /// What a rollout may take to end once the site is whole.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int TOLD = 10;

    private final Options options;
    private final Model model = new Model();
    private final AtomicInteger factor = new AtomicInteger(1);

    /// @param kills of servers and PostgreSQL together
    /// @param minutes that it goes on at least
    record Options(Path jar, int kills, int minutes, long seed) {

        static Options of(String[] arguments) {
            var jar = Path.of(arguments[0]).toAbsolutePath();
            int kills = 50;
            int minutes = 0;
            long seed = 1;
            for (int i = 1; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(arguments[i] + " needs a number");
                }
                long number = Long.parseLong(arguments[i + 1]);
                switch (arguments[i]) {
                    case "--kills" -> kills = Math.toIntExact(number);
                    case "--minutes" -> minutes = Math.toIntExact(number);
                    case "--seed" -> seed = number;
                    default ->
                            throw new IllegalArgumentException(
                                    "chaos takes --kills N, --minutes M and --seed S, got "
                                            + arguments[i]);
                }
            }
            if (kills < 1) {
                throw new IllegalArgumentException("--kills is 1 or more, got " + kills);
            }
            return new Options(jar, kills, minutes, seed);
        }
    }

    private Chaos(Options options) {
        this.options = options;
    }

    /// Runs it.
    ///
    /// @param arguments the packaged program's jar, then the options
    static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        try {
            if (!new Chaos(Options.of(arguments)).run()) {
                System.exit(1);
            }
        } catch (IllegalArgumentException e) {
            System.err.println("serin: " + e.getMessage());
            System.exit(2);
        }
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        long began = System.nanoTime();
        boolean kept = false;
        var site = Site.start(options.jar);
        try (site) {
            var upgrades = new Upgrades(site, model);
            var posters = new ArrayList<Poster>();
            var callers = new ArrayList<Caller>();
            var onlookers = new ArrayList<Onlooker>();
            for (int i = 0; i < POSTED_ROUTES; i++) {
                var route = "posted-" + i;
                upgrades.onPosted(route, options.seed + i);
                posters.add(new Poster(site, model, upgrades, route, options.seed + i, factor));
            }
            for (int i = 0; i < GATEWAY_ROUTES; i++) {
                var route = "gateway-" + i;
                upgrades.onGateway(route, options.seed + i);
                for (var replica : site.replicas()) {
                    callers.add(new Caller(replica, model, route, factor));
                }
            }
            for (var replica : site.replicas()) {
                onlookers.add(new Onlooker(replica, model, upgrades));
            }
            LockSupport.parkNanos(WARM_UP.toNanos());
            var faults = new Faults(site, factor, options.seed);
            long end = began + Duration.ofMinutes(options.minutes).toNanos();
            do {
                faults.bring(options.kills);
            } while (System.nanoTime() < end);

            var torn = torn(site);
            var late = upgrades.end(PATIENCE);
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
            settle(site);
            try (var database = site.database().connect()) {
                kept = report(site, faults, new Checks(database, model).all(late, torn));
            }
            say("It took %d s.", Duration.ofNanos(System.nanoTime() - began).toSeconds());
        }
        if (kept) {
            site.remove();
        } else {
            say("Logs and data are in %s", site.directory());
        }
        return kept;
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
    private static void settle(Site site) throws SQLException {
        try (var database = site.database().connect();
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

    private boolean report(Site site, Faults faults, List<Checks.Check> checks) throws IOException {
        say("");
        say("%-62s %8s", "fault", "times");
        for (var fault : Fault.values()) {
            say("%-62s %8d", fault.words(), faults.done().getOrDefault(fault, 0));
        }
        if (site.clock().isEmpty()) {
            say("Clocks were not turned: faketime is not installed (apt-get install faketime).");
        }
        say("");
        say("%-62s %8s %8s", "checked", "looked at", "broken");
        boolean kept = true;
        for (var check : checks) {
            say("%-62s %8d %8d", check.what(), check.looked(), check.broken().size());
            check.broken().stream().limit(TOLD).forEach(sentence -> say("    %s", sentence));
            kept &= check.broken().isEmpty();
        }
        say("");
        say(
                "%d calls went through the gateway; %d times something was sent again.",
                model.gatewayCalls(), model.retries());
        for (var replica : site.replicas()) {
            try (var lines = Files.lines(replica.log())) {
                say(
                        "%s logged %d errors.",
                        replica.name(), lines.filter(line -> line.contains(" ERROR ")).count());
            }
        }
        say(kept ? "Nothing broke (seed %d)." : "SOMETHING BROKE (seed %d).", options.seed);
        return kept;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no dependency of ours
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
