package dev.serin.server.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.serin.server.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A server in trouble")
class ServerTroubleTest {

    private final StringWriter err = new StringWriter();
    private final List<String> proofs = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = "[]";

    @BeforeEach
    void listen() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    proofs.add(
                            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                    var bytes = body.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    401 | {"detail": "sign in"}    | set SERIN_TOKEN
                    403 | {"detail": "ask ada"}    | you may not do this
                    404 | <html>not found</html>   | is no Serin server
                    503 | {"detail": "no database"} | cannot answer now
                    200 | <html>welcome</html>     | its answer is no JSON
                    500 | {"detail": "it failed"}  | it failed
                    """)
    @DisplayName("is told of in one line that says what to do, and ends with 1")
    void isToldInOneLine(int status, String body, String told) {
        this.status = status;
        this.body = body;
        assertThat(run("status", "--server", address("http"))).isEqualTo(1);
        assertThat(err.toString()).startsWith("serin: ").contains(told).containsOnlyOnce("\n");
    }

    @Test
    @DisplayName("that is not there, or speaks no TLS, is told of in one line")
    void isNotThere() throws Exception {
        assertThat(run("status", "--server", "http://localhost:" + FreePort.next())).isEqualTo(1);
        assertThat(err.toString()).contains("cannot be reached").containsOnlyOnce("\n");
        err.getBuffer().setLength(0);
        try (var plain = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> answerPlainly(plain));
            var address = "https://localhost:" + plain.getLocalPort();
            assertThat(run("status", "--server", address)).isEqualTo(1);
        }
        assertThat(err.toString()).contains("TLS").containsOnlyOnce("\n");
        err.getBuffer().setLength(0);
        assertThat(run("status", "--server", "localhost")).isEqualTo(1);
        assertThat(err.toString()).contains("--server localhost").containsOnlyOnce("\n");
    }

    @Test
    @DisplayName("is sent the token, or the name that is only said")
    void isSentAProof() {
        assertThat(run("status", "--server", address("http"), "--token", "serin_abc")).isZero();
        assertThat(run("status", "--server", address("http"), "--as", "Mira")).isZero();
        assertThat(run("status", "--server", address("http"))).isZero();
        assertThat(proofs)
                .contains("Bearer serin_abc", "Basic TWlyYTo=", "null")
                .doesNotContain("Bearer ");
    }

    private static void answerPlainly(ServerSocket plain) {
        try (var asked = plain.accept()) {
            asked.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String address(String scheme) {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    private int run(String... args) {
        return Serin.commandLine()
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
