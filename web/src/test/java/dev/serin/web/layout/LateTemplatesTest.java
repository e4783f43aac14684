package dev.serin.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A template")
class LateTemplatesTest {

    private final AtomicInteger readings = new AtomicInteger();

    @Test
    @DisplayName("is read when a page first asks for it, and not while the engine is made")
    void late() {
        var late = new LateTemplates();
        var builder = Engine.builder().addDefaults().addLocator(_ -> Optional.of(new Text()));
        late.isBeingMade(builder);
        var engine = builder.build();
        assertThat(engine.getTemplate("page.html").render()).isEmpty();
        assertThat(readings).hasValue(0);

        late.isReady(engine);
        assertThat(engine.isTemplateLoaded("page.html")).isFalse();
        assertThat(engine.getTemplate("page.html").data("name", "Mira").render())
                .isEqualTo("Hello Mira");
        assertThat(engine.getTemplate("page.html").data("name", "Ada").render())
                .isEqualTo("Hello Ada");
        assertThat(readings).hasValue(1);
    }

    private final class Text implements TemplateLocator.TemplateLocation {

        @Override
        public Reader read() {
            readings.incrementAndGet();
            return Reader.of("Hello {name}");
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.empty();
        }
    }
}
