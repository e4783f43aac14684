package dev.serin.server.remote;

import java.io.PrintWriter;

/// Tells of a rollout as it goes on: one line that changes in a terminal, a line for each change in
/// a log.
final class Watcher {

    private static final String AGAIN = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean person;
    private String told = "";

    Watcher(PrintWriter out, boolean person) {
        this.out = out;
        this.person = person;
    }

    /// Whether a person sits at a terminal, and not a program.
    @SuppressWarnings("SystemConsoleNull") // JDK 25 is back to null where there is no terminal
    static boolean isPerson() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    void sees(ShownRollout rollout) {
        say(rollout.state(), rollout.line());
    }

    void misses(ServerAway away) {
        say("away", away.getMessage() + "; trying again");
    }

    /// What follows stands on a line of its own.
    void end() {
        if (person) {
            out.println();
        }
        out.flush();
    }

    private void say(String state, String line) {
        if (person) {
            out.print(AGAIN + line);
        } else if (!state.equals(told)) {
            out.println(line);
        }
        told = state;
        out.flush();
    }
}
