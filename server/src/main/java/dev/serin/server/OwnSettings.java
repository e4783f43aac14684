package dev.serin.server;

import dev.serin.server.access.AccessConfig;
import dev.serin.server.demo.DemoConfig;
import dev.serin.server.oidc.OidcConfig;
import io.smallrye.config.ConfigMappingInterface;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.List;

/// Holds Serin's own settings against their bounds, and no others: those of the libraries name none, and to
/// look for some in each costs a start what ten of its classes do.
public final class OwnSettings implements SmallRyeConfigBuilderCustomizer {

    private static final String OWN = OwnSettings.class.getPackageName();

    static {
        // What they are is remembered: a native executable has it from its build.
        List.of(SerinConfig.class, AccessConfig.class, OidcConfig.class, DemoConfig.class)
                .forEach(ConfigMappingInterface::getConfigurationInterface);
    }

    /// Found by its name in `META-INF/services`.
    public OwnSettings() {}

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withValidator(new Validator(builder.getValidator()));
    }

    /// After the one that brings the validator.
    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    private record Validator(ConfigValidator whole) implements ConfigValidator {

        @Override
        public void validateMapping(Class<?> type, String prefix, Object settings)
                throws ConfigValidationException {
            if (type.getName().startsWith(OWN)) {
                whole.validateMapping(type, prefix, settings);
            }
        }
    }
}
