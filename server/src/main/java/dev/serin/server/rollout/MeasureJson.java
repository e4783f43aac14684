package dev.serin.server.rollout;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Quantity;
import java.io.IOException;

/// How a measure looks in the database: what Serin itself knows as a word, as it always did, and a
/// number of a plan's own as an object with its name.
final class MeasureJson {

    private static final String NUMBER = "number";

    private MeasureJson() {}

    static SimpleModule module() {
        return new SimpleModule("measures")
                .addSerializer(Measure.class, new Writing())
                .addDeserializer(Measure.class, new Reading());
    }

    private static final class Writing extends JsonSerializer<Measure> {

        @Override
        public void serialize(Measure of, JsonGenerator json, SerializerProvider context)
                throws IOException {
            switch (of) {
                case Quantity quantity -> json.writeString(quantity.name());
                case Measure.Named(var name) -> {
                    json.writeStartObject();
                    json.writeStringField(NUMBER, name);
                    json.writeEndObject();
                }
            }
        }
    }

    private static final class Reading extends JsonDeserializer<Measure> {

        @Override
        public Measure deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            JsonNode stored = json.readValueAsTree();
            return stored.isTextual()
                    ? Quantity.valueOf(stored.textValue())
                    : new Measure.Named(stored.path(NUMBER).asText());
        }
    }
}
