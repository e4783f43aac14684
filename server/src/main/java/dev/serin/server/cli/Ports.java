package dev.serin.server.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/// Which port a server takes.
final class Ports {

    static final int USUAL = 8080;

    private static final int TRIES = 100;

    private Ports() {}

    /// The port that a person named. Nobody else may listen on it, on any address: a browser that
    /// asks for localhost would reach whoever has `::1`.
    ///
    /// @param port 0 for any free one
    static int named(int port) {
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
