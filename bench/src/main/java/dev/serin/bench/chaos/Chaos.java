package dev.serin.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/// Kills servers and PostgreSQL under load, cuts the network, turns clocks, and tells what broke. Ends
/// with 1 if anything did.
public final class Chaos {

    private static final int TOLD = 10;

    private final Options options;

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
        long end = began + Duration.ofMinutes(options.minutes).toNanos();
        boolean kept;
        var night = Night.begin(options.jar, options.seed);
        try (night) {
            do {
                night.faults().bring(night.faults().deck(options.kills));
            } while (System.nanoTime() < end);
            night.end();
            kept = report(night);
            say("It took %d s.", Duration.ofNanos(System.nanoTime() - began).toSeconds());
        }
        if (kept) {
            night.site().remove();
        } else {
            say("Logs and data are in %s", night.site().directory());
        }
        return kept;
    }

    private boolean report(Night night) throws IOException, SQLException {
        say("");
        say("%-62s %8s", "fault", "times");
        for (var fault : Fault.values()) {
            say("%-62s %8d", fault.words(), night.faults().done().getOrDefault(fault, 0));
        }
        if (night.site().clock().isEmpty()) {
            say("Clocks were not turned: faketime is not installed (apt-get install faketime).");
        }
        say("");
        say("%-62s %8s %8s", "checked", "looked at", "broken");
        boolean kept = true;
        for (var check : night.checks()) {
            say("%-62s %8d %8d", check.what(), check.looked(), check.broken().size());
            check.broken().stream().limit(TOLD).forEach(sentence -> say("    %s", sentence));
            kept &= check.broken().isEmpty();
        }
        say("");
        say(
                "%d calls went through the gateway; %d times something was sent again.",
                night.model().gatewayCalls(), night.model().retries());
        for (var replica : night.site().replicas()) {
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
