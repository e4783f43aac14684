package dev.serin.server.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Providers")
class ProviderSettingsTest {

    private static final String BASE = "https://host.example/v1";

    @Test
    @DisplayName("are read from the environment, whatever signs their names have")
    void read() {
        var providers =
                read(
                        Map.of(
                                "PATH", "/bin",
                                "SERIN_PROVIDERS_AZURE_EU_BASE_URL", BASE + "/",
                                "SERIN_PROVIDERS_AZURE_EU_STALL_TIMEOUT", "2s",
                                "serin.providers.local.base-url", "http://localhost:8000",
                                "SERIN_PROVIDERS_OPENAI_API_KEY", "sk-1"));
        assertThat(providers).containsOnlyKeys("azure_eu", "local", "openai");
        var azure = providers.get("azure_eu");
        assertThat(azure.base()).hasToString(BASE);
        assertThat(azure.port()).isEqualTo(443);
        assertThat(azure.patience().stall()).isEqualTo(Duration.ofSeconds(2));
        assertThat(azure.patience().firstByte()).isEqualTo(Duration.ofSeconds(60));
        assertThat(azure.key()).isNull();
        var openai = providers.get("openai");
        assertThat(openai.base()).hasToString("https://api.openai.com/v1");
        assertThat(openai.key().reveal()).isEqualTo("sk-1");
    }

    @Test
    @DisplayName("never show their key")
    void hideTheKey() {
        var provider = read(Map.of("SERIN_PROVIDERS_OPENAI_API_KEY", "sk-1")).get("openai");
        assertThat(provider.toString()).doesNotContain("sk-1");
        assertThatThrownBy(() -> read(Map.of("SERIN_PROVIDERS_OPENAI_API_KEY", "sk-1 2")))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("SERIN_PROVIDERS_OPENAI_API_KEY")
                .hasMessageNotContaining("sk-1");
    }

    @Test
    @DisplayName("take their key from a file, without its last line break")
    void readAFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("key"), "sk-2\n");
        var name = "SERIN_PROVIDERS_OPENAI_API_KEY_FILE";
        assertThat(read(Map.of(name, file.toString())).get("openai").key().reveal())
                .isEqualTo("sk-2");
        assertThatThrownBy(() -> read(Map.of(name, folder.resolve("none").toString())))
                .isInstanceOf(WrongUse.class)
                .hasMessageStartingWith(name + " cannot be read");
        var both = Map.of(name, file.toString(), "SERIN_PROVIDERS_OPENAI_API_KEY", "sk-1");
        assertThatThrownBy(() -> read(both)).hasMessageContaining("leave one of them out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BASEURL | https://a | BASEURL is no setting of a provider",
                "BASE_URL | ftp://a/v1 | BASE_URL is no http or https address",
                "BASE_URL | https://u:p@a/v1 | BASE_URL is no http or https address",
                "BASE_URL | https://a/v1?x=1 | BASE_URL is no http or https address",
                "BASE_URL | http:// | BASE_URL is no http or https address",
                "KIND | gemini | KIND is gemini; write openai or anthropic",
                "CONNECT_TIMEOUT | 61s | CONNECT_TIMEOUT is 61s; write a time of 10ms to 60s",
                "FIRST_BYTE_TIMEOUT | 0s | FIRST_BYTE_TIMEOUT is 0s; write a time of 10ms to 600s",
                "STALL_TIMEOUT | soon | STALL_TIMEOUT is soon; write a time",
                "STREAM_USAGE | yes | STREAM_USAGE is yes; write true or false",
            })
    @DisplayName("are refused at start by the name of what is wrong, with how to mend it")
    void refuse(String setting, String value, String message) {
        var settings = new HashMap<String, String>();
        settings.put("SERIN_PROVIDERS_X_BASE_URL", BASE);
        settings.put("SERIN_PROVIDERS_X_" + setting, value);
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(WrongUse.class)
                .hasMessageStartingWith("SERIN_PROVIDERS_X_" + message);
    }

    @Test
    @DisplayName("need an address where none is known")
    void needAnAddress() {
        assertThatThrownBy(() -> read(Map.of("SERIN_PROVIDERS_X_API_KEY", "a")))
                .hasMessageStartingWith("SERIN_PROVIDERS_X_BASE_URL is missing");
    }

    @Test
    @DisplayName("speak Anthropic's API where they are called so or said to")
    void speakAnthropic() {
        var providers =
                read(
                        Map.of(
                                "SERIN_PROVIDERS_ANTHROPIC_API_KEY", "sk-ant",
                                "SERIN_PROVIDERS_PROXY_KIND", "anthropic",
                                "SERIN_PROVIDERS_PROXY_BASE_URL", "https://host.example",
                                "SERIN_PROVIDERS_OPENAI_API_KEY", "sk-1"));
        var anthropic = providers.get("anthropic");
        assertThat(anthropic.kind()).isEqualTo(Kind.ANTHROPIC);
        assertThat(anthropic.base()).hasToString("https://api.anthropic.com/v1");
        assertThat(providers.get("proxy").kind()).isEqualTo(Kind.ANTHROPIC);
        assertThat(providers.get("proxy").base()).hasToString("https://host.example/v1");
        assertThat(providers.get("openai").kind()).isEqualTo(Kind.OPENAI);
        assertThatThrownBy(() -> read(Map.of("SERIN_PROVIDERS_X_KIND", "anthropic")))
                .hasMessageContaining("BASE_URL is missing; set it to what lies before /messages");
    }

    @Test
    @DisplayName("have prices of what was kept and of what is kept for later")
    void pricesOfKeptTokens() {
        var prices = Prices.read(List.of("anthropic/x=4:20:0.4:5"));
        var usage = new Usage(1_000_000, 500_000, 250_000, 100_000);
        assertThat(prices.get("anthropic/x").of(usage)).isEqualTo(1 + 0.2 + 1.25 + 2);
    }

    @Test
    @DisplayName("have prices of lists and of settings, and an unknown one is refused by its words")
    void prices() {
        var prices = Prices.read(List.of("openai/gpt-4o=1:2:0.5", " a/b = 3:4"));
        assertThat(prices.get("openai/gpt-4o").of(new Usage(1_000_000, 500_000, 1_000_000)))
                .isEqualTo(2.75);
        assertThat(prices.get("a/b")).isEqualTo(new Price(3, 3, 4));
        assertThat(prices).containsKey("openai/gpt-4");
        for (var wrong : List.of("a/b", "a/b=1", "a/b=1:x", "a/b=-1:2", "a/b=NaN:2", "=1:2")) {
            assertThatThrownBy(() -> Prices.read(List.of(wrong)))
                    .isInstanceOf(WrongUse.class)
                    .hasMessageContaining(wrong + "; write model=in:out");
        }
    }

    private static Map<String, Provider> read(Map<String, String> settings) {
        return ProviderSettings.read(settings.keySet(), settings::get);
    }
}
