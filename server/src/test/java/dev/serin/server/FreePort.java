package dev.serin.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// A port for a test to listen on later, or where nobody is to listen.
public final class FreePort {

    /// Below the ports that the kernel takes for outgoing connections: one of these is soon taken again.
    private static final int FIRST = 20_000;

    private static final int AFTER_LAST = 30_000;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST));

    private FreePort() {}

    /// Not the same twice, until all were given.
    public static int next() {
        while (true) {
            int port = NEXT.getAndUpdate(last -> last + 1 < AFTER_LAST ? last + 1 : FIRST);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException _) {
                // The next one may be free.
            }
        }
    }
}
