package dev.serin.server.planfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The JSON Schema of a plan's document, for editors. The reader does not use it: it knows more than
/// a schema can say.
public final class PlanSchema {

    private static final String RESOURCE = "/plan.schema.json";

    private PlanSchema() {}

    public static String json() {
        try (var in = PlanSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not part of this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
