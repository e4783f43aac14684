package dev.serin.bench.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Fills one server with 100 rollouts and another with 10,000, and prints how much slower the pages
/// of the second answer. Ends with 1 if one of them is slower than the limit.
///
/// With `--year` each rollout has a thousand tallies, 10 million on the second server, and their ageing is
/// measured as well.
public final class Pages {

    private static final int FEW = 100;
    private static final int MANY = 10_000;
    private static final int YEARS_ROWS = 1_000;
    private static final double LIMIT = 1.5;
    private static final int WARMING = 40;
    private static final int ROUNDS = 60;

    private Pages() {}

    /// A page to be asked for.
    ///
    /// @param what names it in the table
    /// @param path where it is on a server
    private record Asked(String what, Function<GrownServer, String> path) {

        static Asked of(String path) {
            return new Asked(path, _ -> path);
        }
    }

    /// Each shows as many rollouts on either server, or none on both.
    private static final List<Asked> ASKED =
            List.of(
                    Asked.of("/"),
                    Asked.of("/?route=" + History.BUSY),
                    Asked.of("/?phase=promoted"),
                    Asked.of("/?outcome=promoted"),
                    Asked.of("/?outcome=exposure"),
                    Asked.of("/?team=" + History.TEAM),
                    Asked.of("/?text=gpt-4"),
                    Asked.of("/?text=nowhere-to-be-found"),
                    new Asked("/?before=…", server -> "/?before=" + server.middle()),
                    new Asked("/rollouts/{id}", server -> "/rollouts/" + server.run(0)),
                    new Asked(
                            "/compare?run=…&run=…",
                            server ->
                                    "/compare?run=%s&run=%s"
                                            .formatted(server.run(0), server.run(1))),
                    Asked.of("/new"),
                    Asked.of("/lab"),
                    Asked.of("/routes"),
                    Asked.of("/routes/" + History.BUSY),
                    Asked.of("/audit"),
                    Asked.of("/audit?route=" + History.BUSY));

    /// @param arguments the packaged program's jar, then the option
    static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        var jar = Path.of(arguments[0]);
        boolean year = arguments.length > 1 && arguments[1].equals("--year");
        if (arguments.length > (year ? 2 : 1)) {
            System.err.println("serin: bench pages takes --year, got " + arguments[1]);
            System.exit(2);
        }
        int rows = year ? YEARS_ROWS : 0;
        boolean kept;
        boolean aged = true;
        try (var few = GrownServer.with(jar, FEW, rows);
                var many = GrownServer.with(jar, MANY, rows)) {
            System.out.printf("%,d tallies, and %,d%n", few.tallies(), many.tallies());
            kept = measure(few, many);
            System.out.println(
                    kept
                            ? "every page is within %.1f times".formatted(LIMIT)
                            : "some pages are slower than %.1f times".formatted(LIMIT));
            if (year) {
                aged = new Aged(many).measure();
            }
        }
        if (!kept || !aged) {
            System.exit(1);
        }
    }

    private static boolean measure(GrownServer few, GrownServer many)
            throws IOException, InterruptedException {
        System.out.printf(
                "%-28s %12s %14s %7s%n",
                "median to the whole answer", FEW + ", ms", MANY + ", ms", "ratio");
        boolean kept = true;
        for (var asked : ASKED) {
            var withFew = asked.path.apply(few);
            var withMany = asked.path.apply(many);
            for (int i = 0; i < WARMING; i++) {
                few.millis(withFew);
                many.millis(withMany);
            }
            var fast = new ArrayList<Double>();
            var slow = new ArrayList<Double>();
            for (int i = 0; i < ROUNDS; i++) {
                fast.add(few.millis(withFew));
                slow.add(many.millis(withMany));
            }
            double ratio = median(slow) / median(fast);
            kept &= ratio <= LIMIT;
            System.out.printf(
                    "%-28s %12.1f %14.1f %7.2f%s%n",
                    asked.what,
                    median(fast),
                    median(slow),
                    ratio,
                    ratio <= LIMIT ? "" : "  too slow");
        }
        return kept;
    }

    static double median(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
