package dev.serin.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// The network between one server and PostgreSQL.
final class Line implements AutoCloseable {

    private static final int BLOCK = 16_384;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int port;
    private volatile boolean silent;
    private volatile boolean closed;

    /// @param port of PostgreSQL
    Line(int port) throws IOException {
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    /// Where the server finds PostgreSQL.
    int at() {
        return door.getLocalPort();
    }

    /// From now on nothing comes through, and nobody is told. What is sent meanwhile comes later.
    void cut() {
        silent = true;
    }

    boolean isCut() {
        return silent;
    }

    /// What was sent comes through. Where one end has closed meanwhile, the other does not hear of it.
    void mend() {
        silent = false;
    }

    /// Breaks all connections.
    void reset() {
        open.forEach(Line::close);
    }

    /// New connections go elsewhere, and the old ones break.
    void redirect(int otherPort) {
        port = otherPort;
        reset();
    }

    private void listen() {
        while (!closed) {
            try {
                var near = door.accept();
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException _) {
                // The door was closed.
            }
        }
    }

    private void connect(Socket near) {
        open.add(near);
        awaitSound();
        var far = new Socket();
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            open.add(far);
            var there = near.getInputStream();
            var back = far.getInputStream();
            Thread.ofVirtual().start(() -> pump(there, near, far));
            pump(back, far, near);
        } catch (IOException _) {
            close(near);
            close(far);
        }
    }

    private void pump(InputStream in, Socket from, Socket to) {
        var block = new byte[BLOCK];
        try {
            OutputStream out = to.getOutputStream();
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                awaitSound();
                out.write(block, 0, read);
            }
        } catch (IOException _) {
            // One of them has gone.
        }
        close(from);
        // An end that goes while the line is silent is not heard at the other end, nor later.
        if (!silent) {
            close(to);
        }
    }

    private void awaitSound() {
        while (silent && !closed) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed then.
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        door.close();
        reset();
    }
}
