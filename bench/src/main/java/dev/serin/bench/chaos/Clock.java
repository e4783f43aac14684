package dev.serin.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The wall clock of one server, which libfaketime turns.
///
/// @param library that is loaded before all others
/// @param file says how far the clock is off
record Clock(Path library, Path file) {

    private static final String NAME = "libfaketimeMT.so.1";

    /// Empty where faketime is not installed.
    static Optional<Clock> in(Path directory) throws IOException {
        var library =
                Stream.of(
                                "/usr/lib/x86_64-linux-gnu/faketime",
                                "/usr/lib/aarch64-linux-gnu/faketime",
                                "/usr/lib64/faketime",
                                "/usr/lib/faketime",
                                "/usr/local/lib/faketime")
                        .map(place -> Path.of(place, NAME))
                        .filter(Files::exists)
                        .findFirst();
        if (library.isEmpty()) {
            return Optional.empty();
        }
        var clock = new Clock(library.get(), directory.resolve("clock"));
        clock.turn(0);
        return Optional.of(clock);
    }

    /// @param hours ahead of the others, or behind them where it is below 0
    void turn(int hours) throws IOException {
        Files.writeString(file, "%+dh\n".formatted(hours));
    }

    Map<String, String> settings() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1");
    }
}
