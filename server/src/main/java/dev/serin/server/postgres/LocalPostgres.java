package dev.serin.server.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A PostgreSQL below one directory, for as long as this process uses it.
///
/// It is unpacked and initialised once, adopted if it runs already (another Serin uses it, or one
/// was killed), started again on the same port if it dies, and stopped by whoever leaves last.
public final class LocalPostgres implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);
    private static final Duration WATCH_EVERY = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofMillis(300);

    /// What PostgreSQL says when another try may go well: a port taken meanwhile, or the children of
    /// one that was killed, which need a moment to notice.
    private static final List<String> PASSING =
            List.of(
                    "could not bind",
                    "could not create any TCP/IP sockets",
                    "pre-existing shared memory block",
                    "lock file \"postmaster.pid\" already exists");

    private final Home home;
    private final RunAs runAs;
    private final Consumer<String> tell;
    private final FileChannel turns;
    private final FileChannel users;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int port;

    private LocalPostgres(
            Home home, RunAs runAs, Consumer<String> tell, FileChannel turns, FileChannel users) {
        this.home = home;
        this.runAs = runAs;
        this.tell = tell;
        this.turns = turns;
        this.users = users;
    }

    /// Returns once it takes connections.
    ///
    /// @param directory is made if missing; may hold other files
    /// @param tell gets one line for a person when something takes long, or went wrong and was mended
    /// @throws PostgresFailed if it cannot run here
    /// @throws IllegalStateException if this process uses the directory already
    public static LocalPostgres start(Path directory, Consumer<String> tell) throws PostgresFailed {
        try (var _ =
                SlowLine.after(
                        Duration.ofSeconds(2),
                        tell,
                        "preparing PostgreSQL in " + directory + " …")) {
            var home = Home.in(directory.toAbsolutePath());
            var postgres =
                    new LocalPostgres(
                            home,
                            RunAs.here(),
                            tell,
                            open(home.turnLock()),
                            open(home.usersLock()));
            try {
                postgres.enter();
            } catch (IOException | PostgresFailed | RuntimeException e) {
                postgres.turns.close();
                postgres.users.close();
                throw e;
            }
            return postgres;
        } catch (IOException e) {
            throw new PostgresFailed(
                    "cannot keep PostgreSQL's data in %s: %s".formatted(directory, e), e);
        }
    }

    /// What Quarkus must know to connect.
    public Map<String, String> config() {
        try {
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    "jdbc:postgresql://127.0.0.1:" + port() + "/postgres",
                    "quarkus.datasource.username",
                    "serin",
                    "quarkus.datasource.password",
                    home.password());
        } catch (IOException e) {
            throw new IllegalStateException("the password file is gone: " + e.getMessage(), e);
        }
    }

    synchronized int port() {
        return port;
    }

    /// Leaves, and stops PostgreSQL unless another process uses it. A second call does nothing.
    @Override
    public void close() {
        if (leaving.compareAndSet(false, true)) {
            closed.countDown();
            leave();
        }
    }

    private synchronized void leave() {
        try (turns;
                users;
                var _ = turns.lock()) {
            users.close();
            if (isUnused() && Postmaster.of(home).isPresent()) {
                run("pg_ctl", "-D", home.data(), "-m", "fast", "-w", "-t", "60", "stop");
            }
        } catch (IOException | PostgresFailed e) {
            tell.accept("PostgreSQL in %s was not stopped: %s".formatted(home.root(), e));
        }
    }

    private void enter() throws IOException, PostgresFailed {
        try (var _ = turns.lock()) {
            home.clearScratch();
            Binaries.unpackInto(home);
            if (!home.isInitialised()) {
                initialise();
            }
            runAs.own(home.data());
            runAs.own(home.serverLog());
            port = startOrAdopt(OptionalInt.empty());
            home.keepPort(port);
            users.lock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException e) {
            throw new IllegalStateException("this process uses " + home.root() + " already", e);
        }
        Thread.ofPlatform().daemon().name("postgres watch").start(this::watch);
    }

    private void initialise() throws IOException, PostgresFailed {
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        home.keepPassword(HexFormat.of().formatHex(random));
        var scratch = home.scratch("data");
        runAs.own(scratch);
        run(
                "initdb",
                "--pgdata=" + scratch,
                "--username=serin",
                "--auth=scram-sha-256",
                "--pwfile=" + home.passwordFile(),
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions");
        Files.move(scratch, home.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// @param wanted the only port that will do, or empty: the last one, or any
    /// @return the port that it listens on
    private int startOrAdopt(OptionalInt wanted) throws IOException, PostgresFailed {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            var running = Postmaster.of(home);
            if (running.isPresent() && running.get().ready()) {
                return running.get().port();
            }
            var said = running.isPresent() ? "it is still starting" : start(choosePort(wanted));
            if (said.isEmpty()) {
                continue;
            }
            boolean passing = running.isPresent() || PASSING.stream().anyMatch(said::contains);
            if (!passing || System.nanoTime() - end > 0) {
                throw new PostgresFailed(
                        "PostgreSQL does not start; what it said is in " + home.serverLog());
            }
            if (pause(RETRY_AFTER)) {
                throw new PostgresFailed("PostgreSQL was not started: Serin is stopping");
            }
        }
    }

    /// @return what PostgreSQL said if it failed, else nothing
    private String start(int chosen) throws IOException, PostgresFailed {
        removeMisleadingPidFile();
        long before = Files.exists(home.serverLog()) ? Files.size(home.serverLog()) : 0;
        var settings =
                "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=256MB -c fsync=on -c synchronous_commit=on"
                        .formatted(chosen);
        try {
            run(
                    "pg_ctl",
                    "-D",
                    home.data(),
                    "-l",
                    home.serverLog(),
                    "-w",
                    "-t",
                    "60",
                    "-o",
                    settings,
                    "start");
            return "";
        } catch (PostgresFailed e) {
            if (!Files.exists(home.serverLog())) {
                throw e;
            }
            try (var log = FileChannel.open(home.serverLog())) {
                log.position(before);
                var said =
                        new String(
                                Channels.newInputStream(log).readAllBytes(),
                                StandardCharsets.UTF_8);
                return said.isEmpty() ? "nothing" : said;
            }
        }
    }

    /// PostgreSQL itself refuses to start while any process of this user has the id in the file.
    private void removeMisleadingPidFile() throws IOException {
        var left = Postmaster.read(home.pidFile());
        if (left.isPresent()
                && Postmaster.isAnyProcess(left.get().pid())
                && Postmaster.of(home).isEmpty()) {
            Files.deleteIfExists(home.pidFile());
        }
    }

    private int choosePort(OptionalInt wanted) throws IOException, PostgresFailed {
        if (wanted.isPresent()) {
            return wanted.getAsInt();
        }
        // Other processes may still count on the last one.
        var last = home.lastPort();
        if (last.isPresent() && isFree(last.getAsInt())) {
            return last.getAsInt();
        }
        // Below the range from which the kernel takes ports for outgoing connections: a client that
        // retries while the database is down could otherwise end up connected to itself.
        for (int tries = 0; tries < 200; tries++) {
            int candidate = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new PostgresFailed("no free port between 20000 and 30000 on 127.0.0.1");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void watch() {
        String lastTrouble = "";
        while (!pause(WATCH_EVERY)) {
            if (Postmaster.of(home).isPresent()) {
                continue;
            }
            var trouble = startAgain();
            if (!trouble.isEmpty() && !trouble.equals(lastTrouble)) {
                tell.accept(trouble);
            }
            lastTrouble = trouble;
        }
    }

    private synchronized String startAgain() {
        if (closed.getCount() == 0) {
            return "";
        }
        try (var _ = turns.lock()) {
            if (!home.isInitialised()) {
                return "the database is gone: %s was removed".formatted(home.data());
            }
            if (Postmaster.of(home).isPresent()) {
                return "";
            }
            startOrAdopt(OptionalInt.of(port));
            tell.accept("PostgreSQL had died and runs again on port " + port);
            return "";
        } catch (IOException | PostgresFailed e) {
            return "PostgreSQL died and does not start again: " + e.getMessage();
        }
    }

    private boolean isUnused() throws IOException {
        try (var others = open(home.usersLock());
                var alone = others.tryLock()) {
            return alone != null;
        }
    }

    /// @return whether this process has left meanwhile
    private boolean pause(Duration time) {
        try {
            return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void run(String program, Object... arguments) throws IOException, PostgresFailed {
        var command = new ArrayList<>(runAs.prefix());
        command.add(home.program(program).toString());
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        var process =
                new ProcessBuilder(command)
                        .directory(home.root().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(home.commandLog().toFile()))
                        .start();
        try {
            if (process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    && process.exitValue() == 0) {
                return;
            }
            process.destroy();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new PostgresFailed(
                "PostgreSQL's %s failed; what it said is in %s"
                        .formatted(program, home.commandLog()));
    }

    private static FileChannel open(Path lockFile) throws IOException {
        return FileChannel.open(
                lockFile,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }
}
