package dev.serin.server.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Starts Quarkus for one command.
final class Boot {

    /// The name that Quarkus gives to the thread on which it stops.
    private static final String QUARKUS_STOPS = "Shutdown thread";

    private static final long STOP_LIMIT_MS = 15_000;

    /// As shells call a program that was told to stop.
    private static final int INTERRUPTED = 130;

    private Boot() {}

    /// Starts everything but HTTP, does the job, and stops again.
    ///
    /// @param settings put over those of files and environment
    /// @param job finds its beans with `CDI.current()`, and answers with the exit code
    static int job(Map<String, String> settings, Callable<Integer> job) throws Exception {
        var all = new HashMap<String, String>();
        all.put("quarkus.http.host-enabled", "false");
        all.put("quarkus.scheduler.enabled", "false");
        all.putAll(settings);
        return start(all, job);
    }

    /// Starts a server, and returns when it has been told to stop.
    ///
    /// @param whenUp called once it answers
    static int server(Map<String, String> settings, Runnable whenUp) throws Exception {
        return start(
                settings,
                () -> {
                    whenUp.run();
                    Quarkus.waitForExit();
                    return 0;
                });
    }

    /// Starts a server, does the job beside it, and stops again; told to stop before, it leaves the
    /// job where it is.
    ///
    /// @param job finds its beans with `CDI.current()`, and answers with the exit code
    static int serverFor(Map<String, String> settings, Callable<Integer> job) throws Exception {
        return start(
                settings,
                () -> {
                    var done = new FutureTask<>(job);
                    var beside =
                            Thread.ofVirtual()
                                    .name("job")
                                    .start(() -> {
                                        done.run();
                                        Quarkus.asyncExit();
                                    });
                    Quarkus.waitForExit();
                    if (!done.isDone()) {
                        beside.interrupt();
                        return INTERRUPTED;
                    }
                    try {
                        return done.get();
                    } catch (ExecutionException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                });
    }

    /// Has something done when the process ends, after Quarkus has let go of it.
    static void afterQuarkus(Runnable act) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    awaitQuarkus();
                                    act.run();
                                },
                                "after Quarkus"));
    }

    private static int start(Map<String, String> settings, Callable<Integer> job) throws Exception {
        settings.forEach(System::setProperty);
        DatabaseOptions.connectEarly();
        Job.current.set(job);
        var failure = new AtomicReference<@Nullable Throwable>();
        Quarkus.run(
                Job.class,
                (code, cause) -> {
                    Job.exitCode.set(code);
                    failure.set(cause);
                });
        switch (failure.get()) {
            case null -> {}
            case Exception e -> throw e;
            case Error e -> throw e;
            case Throwable t -> throw new IllegalStateException(t);
        }
        return Job.exitCode.get();
    }

    private static void awaitQuarkus() {
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(QUARKUS_STOPS)) {
                try {
                    thread.join(STOP_LIMIT_MS);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /// Quarkus makes it, so what it does comes in through a static field.
    static final class Job implements QuarkusApplication {

        static final AtomicReference<@Nullable Callable<Integer>> current = new AtomicReference<>();
        static final AtomicReference<Integer> exitCode = new AtomicReference<>(Serin.FAILED);

        @Override
        public int run(String... args) throws Exception {
            return Objects.requireNonNull(current.get()).call();
        }
    }
}
