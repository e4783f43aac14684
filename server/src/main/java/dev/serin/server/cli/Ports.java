package dev.serin.server.cli;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which port a server takes.
final class Ports {

    static final String SETTING = "quarkus.http.port";

    private static final int USUAL = 8080;
    private static final int TRIES = 100;

    private Ports() {}

    /// @param named what a person asked for with `--port`, if they did; 0 for any
    static int choose(@Nullable Integer named) {
        var set = Integer.getInteger(SETTING);
        if (set != null && (named == null || named.equals(set))) {
            // In dev mode this process listens there already.
            return set;
        }
        return named == null ? usual() : check(named);
    }

    /// Nobody else may listen on it, on any address: a browser that asks for localhost would reach
    /// whoever has `::1`.
    private static int check(int port) {
        if (port < 0 || port > 65_535) {
            throw new WrongUse("--port %d: a port is 0 to 65535, 0 for any".formatted(port));
        }
        if (!isFree(port)) {
            throw new WrongUse(
                    "--port %d: another program listens there; stop it, or name another port"
                            .formatted(port));
        }
        return port;
    }

    /// The usual port, or the next free one.
    static int usual() {
        return IntStream.range(USUAL, USUAL + TRIES)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() ->
                        new WrongUse(
                                "no free port from %d to %d: name one with --port"
                                        .formatted(USUAL, USUAL + TRIES - 1)));
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
