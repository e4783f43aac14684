package dev.serin.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/// The tables of the reference implementation, which is written in another language.
public final class Oracle {

    private Oracle() {}

    public static Stream<JsonNode> cases(String name) {
        return list(name, "cases");
    }

    public static Stream<JsonNode> list(String name, String field) {
        try (var table = Oracle.class.getResourceAsStream("/oracles/" + name + ".json")) {
            return new ObjectMapper().readTree(table).get(field).valueStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static double[] numbers(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
