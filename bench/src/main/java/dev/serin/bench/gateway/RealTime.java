package dev.serin.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Real-time priority for threads that carry calls, so that those of the load, the stand-in and the
/// proxies run as they would on machines of their own, and not when Serin's database and its judging
/// leave them room.
final class RealTime {

    private static final List<String> ASK = List.of("chrt", "--rr", "--reset-on-fork");

    /// What threads are called that carry calls; Linux cuts names at 15 bytes.
    private static final String LOOP = "vert.x-eventloo";

    private static final String NGINX = "nginx";

    /// What the load's own first thread is called: it says when a call is due.
    private static final String CLOCK = "java";

    private RealTime() {}

    /// Whether the system grants it to this process and those that it starts.
    static boolean isGranted() throws InterruptedException {
        return ask(List.of("1", "true"));
    }

    /// Gives it to what carries calls in this process, and in others and those that they started.
    static void give(List<ProcessHandle> others) throws IOException, InterruptedException {
        give(ProcessHandle.current(), List.of(LOOP, CLOCK));
        for (var other : others) {
            for (var process : Stream.concat(Stream.of(other), other.descendants()).toList()) {
                give(process, List.of(LOOP, NGINX));
            }
        }
    }

    private static void give(ProcessHandle process, List<String> names)
            throws IOException, InterruptedException {
        var threads = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            all.forEach(threads::add);
        }
        for (var thread : threads) {
            if (names.contains(name(thread))
                    && !ask(List.of("--pid", "1", thread.getFileName().toString()))) {
                throw new IllegalStateException("no real-time priority for " + name(thread));
            }
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException _) {
            return ""; // it has ended
        }
    }

    private static boolean ask(List<String> words) throws InterruptedException {
        var line = Stream.concat(ASK.stream(), words.stream()).toList();
        try {
            return new ProcessBuilder(line).start().waitFor() == 0;
        } catch (IOException _) {
            return false; // there is no such program
        }
    }
}
