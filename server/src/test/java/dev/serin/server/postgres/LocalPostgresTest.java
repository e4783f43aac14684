package dev.serin.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.serin.server.postgres.TestPostgres.Jdbc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The PostgreSQL that comes along")
class LocalPostgresTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> started = new ArrayList<>();

    @BeforeEach
    void borrowBinaries() throws Exception {
        // Unpacked once for all tests: only the first of them pays for it.
        var shared = Home.in(TestPostgres.DIRECTORY.toAbsolutePath());
        Binaries.unpackInto(shared);
        Files.createSymbolicLink(home().binaries(), shared.binaries());
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        for (var one : started) {
            one.close();
        }
        Postmaster.of(home())
                .flatMap(left -> ProcessHandle.of(left.pid()))
                .ifPresent(left -> {
                    left.destroyForcibly();
                    await().atMost(SOON).until(() -> Postmaster.of(home()).isEmpty());
                });
        Files.delete(home().binaries());
    }

    @Test
    @DisplayName("keeps committed rows over a restart, on the same port")
    void keepsRows() throws Exception {
        var first = start();
        write(first, 42);
        first.close();
        assertThat(Postmaster.of(home())).isEmpty();

        var second = start();
        assertThat(read(second)).isEqualTo(42);
        assertThat(second.port()).isEqualTo(first.port());
    }

    @Test
    @DisplayName("runs with fsync and synchronous commit, and listens on the loopback address only")
    void isDurableAndLocal() throws Exception {
        var postgres = start();
        assertThat(show(postgres, "fsync")).isEqualTo("on");
        assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
        assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show(postgres, "unix_socket_directories")).isEmpty();
    }

    @Test
    @DisplayName("refuses a wrong password")
    void refusesWrongPassword() throws Exception {
        var config = start().config();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> Jdbc.connect(config, "guess"))
                .withMessageContaining("password authentication failed");
    }

    @Test
    @DisplayName(
            "lets only its owner into its directory and its password, and touches no other file")
    void closesItsDirectory() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var other = Files.writeString(directory.resolve("notes.txt"), "mine");
        start();
        assertThat(mode(directory)).isEqualTo("rwxr-xr-x");
        assertThat(mode(home().root())).isEqualTo("rwx------");
        assertThat(mode(home().data())).isEqualTo("rwx------");
        assertThat(mode(home().passwordFile())).isEqualTo("rw-------");
        assertThat(other).hasContent("mine");
    }

    @Test
    @DisplayName("makes a directory that only its owner may enter")
    void makesPrivateDirectory() throws Exception {
        var made = directory.resolve("made").resolve("here");
        Home.in(made);
        assertThat(mode(made)).isEqualTo("rwx------");
    }

    @Test
    @DisplayName("is shared by two processes, and stopped by the one that leaves last")
    void isStoppedByTheLast() throws Exception {
        var first = start();
        try (var other = OtherSerin.start(directory)) {
            assertThat(other.firstLine()).isEqualTo("port " + first.port());
            var postmaster = Postmaster.of(home());
            first.close();
            assertThat(Postmaster.of(home())).isEqualTo(postmaster).isPresent();
        }
        assertThat(Postmaster.of(home())).isEmpty();
    }

    @Test
    @DisplayName("is adopted after its Serin was killed, and then stopped in peace")
    void isAdopted() throws Exception {
        var killed = OtherSerin.start(directory);
        killed.kill();
        var before = Postmaster.of(home());
        assertThat(before).isPresent();

        var next = start();
        assertThat(Postmaster.of(home())).isEqualTo(before);
        write(next, 7);
        next.close();
        assertThat(Postmaster.of(home())).isEmpty();
    }

    @Test
    @DisplayName("recovers with its committed rows after both were killed")
    void recoversAfterBothWereKilled() throws Exception {
        var killed = OtherSerin.start(directory);
        var port = Integer.parseInt(killed.firstLine().substring("port ".length()));
        write(configOf(port), 4);
        killed.kill();
        killPostgres();

        assertThat(read(start())).isEqualTo(4);
    }

    @Test
    @DisplayName("starts again on its port when it is killed under a living Serin")
    void startsAgain() throws Exception {
        var postgres = start();
        write(postgres, 9);
        var before = Postmaster.of(home()).orElseThrow().pid();
        killPostgres();

        await().atMost(SOON)
                .until(() ->
                        Postmaster.of(home())
                                .filter(p -> p.pid() != before && p.ready())
                                .isPresent());
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(told)
                                .anyMatch(line ->
                                        line.contains("runs again on port " + postgres.port())));
        assertThat(read(postgres)).isEqualTo(9);
    }

    @Test
    @DisplayName("takes another port when its last one belongs to another program by now")
    void takesAnotherPort() throws Exception {
        var first = start();
        first.close();
        try (var squatter = new ServerSocket()) {
            squatter.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port()));
            assertThat(start().port()).isNotEqualTo(first.port());
        }
    }

    @Test
    @DisplayName("does not take another program for itself that has its old process number")
    void seesThroughReusedNumber() throws Exception {
        var first = start();
        write(first, 3);
        var left = Files.readAllLines(home().pidFile());
        first.close();
        left.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(home().pidFile(), left);

        assertThat(Postmaster.of(home())).isEmpty();
        assertThat(read(start())).isEqualTo(3);
    }

    @Test
    @DisplayName("begins anew when it was killed while it was initialised")
    void clearsHalfMadeData() throws Exception {
        var half = Files.createDirectories(home().root().resolve("new-data-1"));
        Files.writeString(half.resolve("PG_VERSION"), "18");
        start();
        assertThat(half).doesNotExist();
        assertThat(home().isInitialised()).isTrue();
    }

    @Test
    @DisplayName("is used once in a process")
    void isUsedOnce() throws Exception {
        start();
        assertThatIllegalStateException().isThrownBy(this::start).withMessageContaining("already");
    }

    @Test
    @DisplayName("says in one line when its directory cannot be written")
    void saysWhereItCannotWrite() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "");
        assertThatExceptionOfType(PostgresFailed.class)
                .isThrownBy(() -> LocalPostgres.start(file, told::add))
                .withMessageStartingWith("cannot keep PostgreSQL's data in " + file);
    }

    @Test
    @EnabledIf("isRoot")
    @DisplayName("runs as nobody where root may not open a user namespace")
    void runsAsNobody() throws Exception {
        var tools = Files.createDirectory(directory.resolve("tools"));
        for (var tool : List.of("setpriv", "true", "sh")) {
            Files.copy(onPath(tool), tools.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (var other = OtherSerin.start(directory, Map.of("PATH", tools.toString()))) {
            assertThat(other.firstLine()).startsWith("port ");
            assertThat(Files.getAttribute(home().data(), "unix:uid")).isEqualTo(65_534);
            write(configOf(Postmaster.of(home()).orElseThrow().port()), 5);
        }
        assertThat(read(start())).isEqualTo(5);
    }

    @Test
    @EnabledIf("isRoot")
    @DisplayName("says in one line that it cannot run as root, where nothing helps")
    void saysThatItCannotRunAsRoot() throws Exception {
        try (var other = OtherSerin.start(directory, Map.of("PATH", directory.toString()))) {
            assertThat(other.firstLine()).contains("cannot run as root").contains("another user");
        }
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private LocalPostgres start() throws PostgresFailed {
        var postgres = LocalPostgres.start(directory, told::add);
        started.add(postgres);
        return postgres;
    }

    private Home home() {
        try {
            return Home.in(directory);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void killPostgres() {
        var process = ProcessHandle.of(Postmaster.of(home()).orElseThrow().pid()).orElseThrow();
        process.destroyForcibly();
        await().atMost(SOON).until(() -> !process.isAlive());
    }

    private Map<String, String> configOf(int port) throws IOException {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "quarkus.datasource.username",
                "serin",
                "quarkus.datasource.password",
                home().password());
    }

    private static void write(LocalPostgres postgres, int value) throws SQLException {
        write(postgres.config(), value);
    }

    private static void write(Map<String, String> config, int value) throws SQLException {
        try (var connection = Jdbc.connect(config);
                var statement = connection.createStatement()) {
            statement.execute("create table kept(value int)");
            statement.execute("insert into kept values (%d)".formatted(value));
        }
    }

    private static int read(LocalPostgres postgres) throws SQLException {
        return Integer.parseInt(ask(postgres, "select value from kept"));
    }

    private static String show(LocalPostgres postgres, String setting) throws SQLException {
        return ask(postgres, "show " + setting);
    }

    private static String ask(LocalPostgres postgres, String query) throws SQLException {
        try (var connection = Jdbc.connect(postgres.config());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Path onPath(String tool) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
