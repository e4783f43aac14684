package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.rollout.Server;
import dev.serin.server.standin.StandIn;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.provider.StandInModel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs where node and npm are; elsewhere it says so on the console and is skipped.
@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("OpenAI's own client from npm")
class OpenAiNpmClientTest {

    private static final String PACKAGE = "openai@6.30.1";
    private static final Path HOME = Path.of("target", "npm");
    private static final String SCRIPT = "openai-client.mjs";

    @Inject Client client;
    @Inject Config config;

    private Vertx vertx;
    private StandIn standIn;

    @BeforeEach
    void begin() {
        vertx = Vertx.vertx();
        standIn =
                StandIn.start(
                        vertx,
                        config.getValue(GatewayProfile.STAND_IN, Integer.class),
                        List.of(
                                new StandInModel(new PlainProfile("steady", 1, 0, 0, 0, 0), 1),
                                new StandInModel(new PlainProfile("even", 1, 0, 0, 0, 0), 1)));
    }

    @AfterEach
    void end() {
        standIn.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"talk", "play"})
    @DisplayName(
            "reads plain answers, streams, tools and errors, and tries again by itself, of either kind of provider")
    void runs(String provider) throws Exception {
        requireClient();
        var route = Server.newRoute();
        client.started(route, provider + "/steady", provider + "/even", "");
        var busy = Server.newRoute();
        client.started(busy);
        var calls = new AtomicInteger();
        Upstream.at(client.upstreamPort())
                .says((_, line) -> {
                    if (calls.incrementAndGet() <= 2) {
                        line.json(429, Upstream.error("rate_limit_exceeded"), "Retry-After: 0");
                    } else {
                        line.json(200, Upstream.chat("c-" + busy, "at last"));
                    }
                });
        var said =
                said(
                        "node",
                        SCRIPT,
                        "http://127.0.0.1:%d/v1".formatted(client.port()),
                        route,
                        busy,
                        client.key(route, CANDIDATE));
        assertThat(said.status()).as(said.text()).isZero();
        var told = new JsonObject(said.text());
        assertThat(told.getString("plain").split(" ")).hasSize(120);
        assertThat(told.getString("streamed").split(" ")).hasSize(120);
        assertThat(told.getInteger("tokens")).isEqualTo(120);
        assertThat(told.getString("finish")).isEqualTo("stop");
        assertThat(told.getJsonObject("tool").encode())
                .isEqualTo("{\"name\":\"weather\",\"arguments\":{\"city\":\"serin\"}}");
        assertThat(told.getString("afterTool")).isEqualTo("stop");
        assertThat(told.getJsonObject("error").encode())
                .isEqualTo(
                        "{\"name\":\"NotFoundError\",\"status\":404,\"code\":\"model_not_found\",\"param\":\"model\"}");
        assertThat(told.getString("retried")).isEqualTo("at last");
    }

    private static void requireClient() throws Exception {
        Files.createDirectories(HOME);
        Files.writeString(HOME.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
        try (var script = OpenAiNpmClientTest.class.getResourceAsStream("/npm/" + SCRIPT)) {
            Files.write(HOME.resolve(SCRIPT), script.readAllBytes());
        }
        if (Files.exists(HOME.resolve("node_modules/openai/package.json"))) {
            return;
        }
        try {
            var installed =
                    said("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE);
            if (installed.status() != 0) {
                skip("npm could not install " + PACKAGE);
            }
        } catch (IOException _) {
            skip("npm is not there");
        }
    }

    private static void skip(String why) {
        System.err.printf(
                "SKIPPED: the client from npm was not run against the gateway: %s%n", why);
        Assumptions.abort(why);
    }

    private record Said(int status, String text) {}

    private static Said said(String... command) throws Exception {
        var process =
                new ProcessBuilder(command)
                        .directory(HOME.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Said(-1, text);
        }
        return new Said(process.exitValue(), text);
    }
}
