package dev.serin.server.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a call's numbers look in the database.
final class NumbersJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private NumbersJson() {}

    static @Nullable String write(Map<String, Double> numbers) {
        if (numbers.isEmpty()) {
            return null;
        }
        try {
            return JSON.writeValueAsString(new TreeMap<>(numbers));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text and numbers always become JSON", e);
        }
    }
}
