package dev.serin.server.lab;

import dev.serin.simulator.lab.LabWatch;
import dev.serin.web.words.Numbers;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Shows in a terminal how far a lab is, and ends it with what it has when it is interrupted.
final class TerminalWatch implements LabWatch {

    private static final int PARTS = 10;
    private static final long PRINT_LIMIT_MS = 10_000;

    private final PrintStream out;
    private final boolean person;
    private final CountDownLatch printed = new CountDownLatch(1);
    private final Thread interrupted = new Thread(this::interrupt, "lab interrupted");
    private volatile boolean stopped;
    private long told = -1;

    /// @param person whether somebody looks at a terminal, where a line can be written again
    TerminalWatch(PrintStream out, boolean person) {
        this.out = out;
        this.person = person;
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    @Override
    public void played(long done, long of) {
        long part = of == 0 ? 0 : done * (person ? 100 : PARTS) / of;
        if (part == told) {
            return;
        }
        told = part;
        var line = "%s of %s rollouts played".formatted(Numbers.count(done), Numbers.count(of));
        out.print(person ? "\r" + line : line + "\n");
        out.flush();
    }

    @Override
    public boolean goesOn() {
        return !stopped;
    }

    /// All is played; what follows is the report.
    void done() {
        if (person) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    /// The report is printed, or will never be.
    void end() {
        printed.countDown();
        if (!stopped) {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
    }

    /// The process ends, but not before the report of what was played is printed.
    private void interrupt() {
        stopped = true;
        try {
            var _ = printed.await(PRINT_LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
