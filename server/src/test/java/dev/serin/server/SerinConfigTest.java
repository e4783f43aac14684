package dev.serin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A server's settings")
class SerinConfigTest {

    private static final String TIMEOUT = "serin.notices.timeout";

    @Test
    @DisplayName("let a receiver take up to 60 s")
    void takeALongTime() {
        assertThat(read(Map.of(TIMEOUT, "60s")).notices().timeout())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"61s", "99ms", "-1s"})
    @DisplayName(
            "are refused where a receiver may take longer than its letter is claimed, or no time")
    void refuseATime(String time) {
        assertThatThrownBy(() -> read(Map.of(TIMEOUT, time)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(TIMEOUT);
    }

    private static SerinConfig read(Map<String, String> settings) {
        try (var factory =
                Validation.byDefaultProvider()
                        .configure()
                        .messageInterpolator(new ParameterMessageInterpolator())
                        .buildValidatorFactory()) {
            var validator = factory.getValidator();
            var builder =
                    new SmallRyeConfigBuilder()
                            .addDiscoveredConverters()
                            .withMapping(SerinConfig.class)
                            .withSources(new PropertiesConfigSource(settings, "a test's", 100))
                            .withValidator(
                                    new BeanValidationConfigValidator() {
                                        @Override
                                        public Validator getValidator() {
                                            return validator;
                                        }
                                    });
            new OwnSettings().configBuilder(builder);
            return builder.build().getConfigMapping(SerinConfig.class);
        }
    }
}
