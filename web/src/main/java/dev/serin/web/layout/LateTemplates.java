package dev.serin.web.layout;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.Reader;
import java.util.Optional;

/// Has each template parsed when a page first asks for it.
///
/// By itself Qute parses all of them while the program starts, a sixth of a native start. The build has
/// checked them by then. So as long as Qute's engine is being made, each template is found to be empty,
/// and once it is ready all of them are forgotten.
@Singleton
class LateTemplates {

    private volatile boolean isReady;

    void isBeingMade(@Observes EngineBuilder builder) {
        builder.addLocator(new BeforeOthers());
    }

    void isReady(@Observes Engine engine) {
        isReady = true;
        engine.clearTemplates();
    }

    private final class BeforeOthers implements TemplateLocator {

        @Override
        public Optional<TemplateLocation> locate(String id) {
            return isReady ? Optional.empty() : Optional.of(new Empty());
        }

        @Override
        public int getPriority() {
            return DEFAULT_PRIORITY + 1;
        }
    }

    private static final class Empty implements TemplateLocator.TemplateLocation {

        @Override
        public Reader read() {
            // Qute would put its own buffer around any other reader.
            return new BufferedReader(Reader.of(""), 1);
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.empty();
        }
    }
}
