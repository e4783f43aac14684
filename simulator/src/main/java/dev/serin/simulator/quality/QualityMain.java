package dev.serin.simulator.quality;

import java.util.Locale;

/// Prints the report on decision quality: `./serin quality --runs 2000`.
public final class QualityMain {

    private static final String USAGE =
            "usage: serin quality [--runs N] [--shipped N] [--seed N] [--threads N]";
    private static final long SEED = 20_240_607;

    private QualityMain() {}

    static void main(String[] words) throws InterruptedException {
        int runs = 2000;
        int shipped = -1;
        long seed = SEED;
        int threads = Runtime.getRuntime().availableProcessors();
        try {
            for (int i = 0; i < words.length; i += 2) {
                if (i + 1 == words.length) {
                    throw new IllegalArgumentException(words[i] + " needs a number");
                }
                var value = words[i + 1];
                switch (words[i]) {
                    case "--runs" -> runs = Integer.parseInt(value);
                    case "--shipped" -> shipped = Integer.parseInt(value);
                    case "--seed" -> seed = Long.parseLong(value);
                    case "--threads" -> threads = Integer.parseInt(value);
                    default -> throw new IllegalArgumentException("nobody knows " + words[i]);
                }
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
        var report =
                Quality.of(runs, shipped < 0 ? Math.max(1, runs / 20) : shipped, seed, threads);
        System.out.print(report.markdown());
        var broken = report.broken();
        broken.forEach(what -> System.err.println(String.format(Locale.ROOT, "broken: %s", what)));
        System.exit(broken.isEmpty() ? 0 : 1);
    }
}
