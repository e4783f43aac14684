package dev.serin.web.preview;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Prints pages as the server does, without one.
final class Pages {

    static final Frame FRAME = new Frame(".", "0.1.0", "Mira Okafor", false, false, true, true);
    static final Frame DEMO = new Frame(".", "0.1.0", null, true, true, true, true);

    private static final Engine ENGINE =
            Engine.builder()
                    .addDefaults()
                    .addValueResolver(new ReflectionValueResolver())
                    .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                    .addLocator(Pages::locate)
                    .strictRendering(true)
                    .build();

    private Pages() {}

    static String print(String template, Frame frame, Object view) {
        return ENGINE.getTemplate(template).data("frame", frame).data("view", view).render();
    }

    static String printPlan(Frame frame, Object view, Object form) {
        return ENGINE.getTemplate("plan")
                .data("frame", frame)
                .data("view", view)
                .data("form", form)
                .render();
    }

    static String printFragment(String template, String fragment, Frame frame, Object view) {
        return ENGINE.getTemplate(template)
                .getFragment(fragment)
                .data("frame", frame)
                .data("view", view)
                .render();
    }

    private static Optional<TemplateLocator.TemplateLocation> locate(String id) {
        var name = id.endsWith(".html") ? id : id + ".html";
        try (var in = Pages.class.getResourceAsStream("/templates/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(new Location(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Location(String text) implements TemplateLocator.TemplateLocation {

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
        }
    }
}
