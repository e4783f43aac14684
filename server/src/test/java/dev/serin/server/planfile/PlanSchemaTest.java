package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

@DisplayName("The plan's schema")
class PlanSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(PlanSchema.json());

    private static List<?> complaints(String document) throws IOException {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        var json = JSON.writeValueAsString(new Load(settings).loadFromString(document));
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    static Stream<Path> goodPlans() throws IOException {
        var plans = new ArrayList<Path>();
        for (var folder : List.of("../plans", "src/test/resources/plans")) {
            try (var files = Files.list(Path.of(folder))) {
                files.filter(Files::isRegularFile).forEach(plans::add);
            }
        }
        return plans.stream();
    }

    static Stream<Path> badPlans() throws IOException {
        return Files.list(Path.of("src/test/resources/plans/bad"));
    }

    @ParameterizedTest
    @DisplayName("accepts the good plan")
    @MethodSource("goodPlans")
    void good(Path file) throws IOException {
        assertThat(complaints(Documents.text(file))).isEmpty();
        assertThat(PlanReader.read(Documents.text(file), Known.NOTHING))
                .isInstanceOf(PlanReading.Read.class);
    }

    @ParameterizedTest
    @DisplayName("refuses, as the reader does, the bad plan")
    @MethodSource("badPlans")
    void bad(Path file) throws IOException {
        assertThat(complaints(Documents.text(file))).isNotEmpty();
        assertThat(PlanReader.read(Documents.text(file), Known.NOTHING))
                .isInstanceOf(PlanReading.Refused.class);
    }

    @Test
    @DisplayName("accepts a plan as the API writes it")
    void canonical() throws IOException {
        var file = Documents.read(Documents.sample("full.yaml"), Known.NOTHING).file();

        assertThat(complaints(PlanWriter.json(file.plan()))).isEmpty();
        assertThat(complaints(JSON.writeValueAsString(PlanWriter.document(file)))).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("has all fields that the reader knows, and no other, of a")
    @EnumSource
    void fields(Shape shape) throws IOException {
        var schema = JSON.readTree(PlanSchema.json());
        var group =
                shape == Shape.PLAN
                        ? schema
                        : schema.at("/$defs/" + shape.name().toLowerCase(Locale.ROOT));
        var names = new ArrayList<String>();
        group.path("properties").fieldNames().forEachRemaining(names::add);

        assertThat(names).containsExactlyInAnyOrderElementsOf(shape.all());
        assertThat(group.path("additionalProperties")).isEqualTo(JSON.readTree("false"));
    }

    @Test
    @DisplayName("knows the words that the reader knows")
    void words() throws IOException {
        var schema = JSON.readTree(PlanSchema.json());

        assertThat(texts(schema.at("/$defs/then/enum")))
                .containsExactlyInAnyOrderElementsOf(Conditions.CONSEQUENCES.keySet());
        assertThat(texts(schema.at("/$defs/objective/properties/indicator/enum")))
                .containsExactlyInAnyOrderElementsOf(Objectives.INDICATORS.keySet());
        assertThat(texts(schema.at("/properties/key/anyOf/0/enum")))
                .containsExactlyInAnyOrderElementsOf(Options.KEYS.keySet());
        assertThat(texts(schema.at("/$defs/gate/properties/then/anyOf/0/enum")))
                .containsExactlyInAnyOrderElementsOf(Steps.LAPSES.keySet());
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(node -> texts.add(node.textValue()));
        return texts;
    }
}
