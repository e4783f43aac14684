package dev.serin.bench.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports that nothing listens on.
final class Ports {

    private static final int TRIES = 200;

    private Ports() {}

    /// One below those that the kernel takes for outgoing connections, which would else be taken while
    /// who listens on it is dead.
    static int free() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException _) {
                // The next one may be free.
            }
        }
        throw new IOException("no free port between 20000 and 30000");
    }
}
