package dev.serin.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.rollout.Server;
import dev.serin.server.standin.StandIn;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.provider.Fault;
import dev.serin.simulator.provider.StandInModel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("Anthropic's own Java client")
class AnthropicClientTest {

    @Inject Client client;
    @Inject Config config;

    private Vertx vertx;
    private StandIn standIn;
    private AnthropicClient stock;
    private String route = "";

    @BeforeEach
    void begin() {
        vertx = Vertx.vertx();
        standIn =
                StandIn.start(
                        vertx,
                        config.getValue(GatewayProfile.STAND_IN, Integer.class),
                        List.of(
                                new StandInModel(new PlainProfile("steady", 1, 0, 0, 0, 0), 1),
                                new StandInModel(new PlainProfile("even", 1, 0, 0, 0, 0), 1),
                                new StandInModel(new PlainProfile("broken", 1, 0, 1, 0, 0), 1)));
        route = Server.newRoute();
        stock =
                AnthropicOkHttpClient.builder()
                        .baseUrl("http://127.0.0.1:" + client.port())
                        .apiKey("ada:a long enough password")
                        .maxRetries(0)
                        .build();
    }

    @AfterEach
    void end() {
        stock.close();
        standIn.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"play/steady", "talk/steady"})
    @DisplayName("reads a plain answer and a stream to its end, of either kind of provider")
    void plainAndStreamed(String model) {
        client.started(route, model, model.replace("steady", "even"), "");
        var plain = stock.messages().create(question(route).build());
        assertThat(text(plain).split(" ")).hasSize(120);
        assertThat(plain.usage().outputTokens()).isEqualTo(120);
        assertThat(plain.stopReason()).hasValue(StopReason.END_TURN);
        var streamed = streamed(question(route).build());
        assertThat(text(streamed).split(" ")).hasSize(120);
        assertThat(streamed.usage().outputTokens()).isEqualTo(120);
        assertThat(streamed.stopReason()).hasValue(StopReason.END_TURN);
        var cut = stock.messages().create(question(route).maxTokens(5).build());
        assertThat(cut.stopReason()).hasValue(StopReason.MAX_TOKENS);
    }

    @Test
    @DisplayName("gets the baseline's answer where the candidate fails, and sees no error")
    void retries() {
        client.started(route, "play/steady", "play/broken", "");
        assertThat(text(stock.messages().create(question(route).build()))).isNotBlank();
        assertThat(standIn.calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"play/steady", "talk/steady"})
    @DisplayName(
            "calls tools and hands their answers on, plain and streamed, of either kind of provider")
    void tools(String model) {
        client.started(route, model, model.replace("steady", "even"), "");
        var asked = question(route).addTool(weather());
        for (var answer :
                List.of(stock.messages().create(asked.build()), streamed(asked.build()))) {
            assertThat(answer.stopReason()).hasValue(StopReason.TOOL_USE);
            var call =
                    answer.content().stream()
                            .flatMap(block -> block.toolUse().stream())
                            .findFirst()
                            .orElseThrow();
            assertThat(call.name()).isEqualTo("weather");
            assertThat(call._input()).isEqualTo(JsonValue.from(Map.of("city", "serin")));
            var result =
                    ToolResultBlockParam.builder().toolUseId(call.id()).content("sunny").build();
            var last =
                    stock.messages()
                            .create(
                                    question(route)
                                            .addTool(weather())
                                            .addMessage(answer)
                                            .addUserMessageOfBlockParams(
                                                    List.of(ContentBlockParam.ofToolResult(result)))
                                            .build());
            assertThat(last.stopReason()).hasValue(StopReason.END_TURN);
            assertThat(text(last)).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"play/steady", "talk/steady"})
    @DisplayName("throws its own exceptions for errors, of either kind of provider")
    void errors(String model) {
        client.started(route, model, model.replace("steady", "even"), "");
        assertThatThrownBy(() -> stock.messages().create(question("nowhere").build()))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        e -> assertThat(e.body().toString()).contains("not_found_error"));
        standIn.befall(Fault.CONTEXT_OVERFLOW);
        assertThatThrownBy(() -> stock.messages().create(question(route).build()))
                .isInstanceOf(BadRequestException.class);
        standIn.befall(Fault.FULL_OUTAGE);
        assertThatThrownBy(() -> stock.messages().create(question(route).build()))
                .isInstanceOfSatisfying(
                        InternalServerException.class,
                        e -> assertThat(e.body().toString()).contains("api_error"));
        assertThatThrownBy(() -> streamed(question(route).build()))
                .isInstanceOf(AnthropicException.class);
        standIn.befall(Fault.QUOTA);
        assertThatThrownBy(() -> stock.messages().create(question(route).build()))
                .isInstanceOfAny(RateLimitException.class, AnthropicException.class);
    }

    @Test
    @DisplayName("has tokens counted where the provider can, and reads why where it cannot")
    void countsTokens() {
        client.started(route, "play/steady", "play/even", "");
        var counted = stock.messages().countTokens(toCount(route));
        assertThat(counted.inputTokens()).isPositive();
        assertThatThrownBy(() -> stock.messages().countTokens(toCount("nowhere")))
                .isInstanceOf(NotFoundException.class);
        var other = Server.newRoute();
        client.started(other, "talk/steady", "talk/even", "");
        assertThatThrownBy(() -> stock.messages().countTokens(toCount(other)))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.body().toString()).contains("counts no tokens"));
    }

    private static MessageCountTokensParams toCount(String model) {
        return MessageCountTokensParams.builder()
                .model(model)
                .addUserMessage("hello there")
                .build();
    }

    private static Tool weather() {
        return Tool.builder()
                .name("weather")
                .description("of a city")
                .inputSchema(
                        Tool.InputSchema.builder()
                                .properties(
                                        Tool.InputSchema.Properties.builder()
                                                .putAdditionalProperty(
                                                        "city",
                                                        JsonValue.from(Map.of("type", "string")))
                                                .build())
                                .required(List.of("city"))
                                .build())
                .build();
    }

    private Message streamed(MessageCreateParams params) {
        var all = MessageAccumulator.create();
        try (var answer = stock.messages().createStreaming(params)) {
            answer.stream().forEach(all::accumulate);
        }
        return all.message();
    }

    private static String text(Message answer) {
        return answer.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    private MessageCreateParams.Builder question(String model) {
        var builder =
                MessageCreateParams.builder().model(model).maxTokens(1000).addUserMessage("hi");
        return model.equals(route)
                ? builder.putAdditionalHeader("Serin-Key", client.key(route, Arm.CANDIDATE))
                : builder;
    }
}
