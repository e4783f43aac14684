package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// The documents that the tests read.
@NullMarked
final class Documents {

    static final String GOOD =
            """
            route: chat
            baseline: gpt-3.5
            candidate: gpt-4
            steps:
              - { name: canary, share: 5%, duration: 10m }
              - { name: full, share: 100%, duration: 10m }
            rollback:
              - error_rate >= 10%
            """;

    private Documents() {}

    static String sample(String name) {
        return text(Path.of("src/test/resources/plans", name));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Plan plan(String document) {
        return read(document, Known.NOTHING).plan();
    }

    static PlanReading.Read read(String document, Known known) {
        var reading = PlanReader.read(document, known);
        assertThat(reading).as(document).isInstanceOf(PlanReading.Read.class);
        return (PlanReading.Read) reading;
    }

    static List<PlanError> errors(String document) {
        var reading = PlanReader.read(document, Known.NOTHING);
        assertThat(reading).as(document).isInstanceOf(PlanReading.Refused.class);
        return ((PlanReading.Refused) reading).errors();
    }

    /// The good plan with another line for one of its lines.
    static String with(String line, String other) {
        assertThat(GOOD).contains(line);
        return GOOD.replace(line, other);
    }

    /// The good plan with its only condition replaced.
    static String condition(String text) {
        return with("error_rate >= 10%", text);
    }
}
