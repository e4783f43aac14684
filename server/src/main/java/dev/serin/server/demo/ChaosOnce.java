package dev.serin.server.demo;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.util.List;

/// Plays the faults, and tells what became of the users.
@ApplicationScoped
@Unremovable // The command line looks it up.
public class ChaosOnce {

    private final Chaos chaos;

    ChaosOnce(Chaos chaos) {
        this.chaos = chaos;
    }

    /// Plays in real time, within a minute or so, and prints a table, or with `json` one document.
    ///
    /// @param err told what went wrong
    /// @return the exit code: 0 only if no user's call failed and each turn ended as it must
    public int tell(Faults faults, boolean json, Terminal terminal, PrintStream err)
            throws InterruptedException {
        chaos.use(faults);
        return tell(chaos.play(), json, terminal, err);
    }

    /// Lets the page play, and prints a table whenever it has.
    ///
    /// @param atOnce whether to play without being asked
    public void onThePage(Faults faults, boolean atOnce, Terminal terminal, PrintStream err) {
        chaos.whenPlayed(turns -> {
            var _ = tell(turns, /* json= */ false, terminal, err);
        });
        chaos.use(faults);
        if (atOnce) {
            chaos.begin();
        }
    }

    private static int tell(
            List<ChaosTurn> turns, boolean json, Terminal terminal, PrintStream err) {
        if (json) {
            terminal.out().println(ChaosJson.of(turns));
        } else {
            ChaosTable.print(terminal, turns);
        }
        int wrong = 0;
        for (var turn : turns) {
            for (var why : turn.wrongs()) {
                err.println("serin: %s: %s".formatted(turn.each().name(), why));
                wrong = 1;
            }
        }
        return wrong;
    }
}
