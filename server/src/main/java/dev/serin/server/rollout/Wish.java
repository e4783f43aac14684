package dev.serin.server.rollout;

import static dev.serin.server.problem.ProblemException.badField;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.problem.Bodies;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a person wants of a rollout, as it is posted.
///
/// @param version the version that the person looked at
/// @param evidence names what the person looked at; empty if nothing is named
/// @param waive conditions, by their text, that may be unsure
record Wish(long version, String comment, String evidence, Set<String> waive) {

    static final String EXAMPLE =
            """
            {"version": 7, "comment": "", "evidence": "", "waive": []}\
            """;

    static final int MOST_COMMENT = 2_000;
    static final int MOST_NAME = 200;

    private static final Set<String> FIELDS = Set.of("version", "comment", "evidence", "waive");
    private static final int MOST_WAIVED = 100;

    static Wish read(byte[] body) {
        var json = Bodies.object(body, FIELDS);
        return new Wish(
                version(json.get("version")),
                text(json, "comment", MOST_COMMENT),
                text(json, "evidence", MOST_NAME),
                waive(json.get("waive")));
    }

    /// A text that may be left out.
    static String text(ObjectNode json, String field, int most) {
        var value = json.get(field);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw badField(field, "is a text, got " + value.getNodeType());
        }
        var text = value.textValue().replace("\0", "").strip();
        if (text.length() > most) {
            throw badField(field, "has at most %,d characters".formatted(most));
        }
        return text;
    }

    private static long version(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            throw badField(
                    "version", "is missing; write the version of the rollout that you looked at");
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw badField("version", "is a whole number, got " + value.getNodeType());
        }
        return value.longValue();
    }

    private static Set<String> waive(@Nullable JsonNode value) {
        var waived = new LinkedHashSet<String>();
        if (value == null || value.isNull()) {
            return waived;
        }
        if (!value.isArray() || value.size() > MOST_WAIVED) {
            throw badField("waive", "is a list of conditions, such as error_rate >= 0.1");
        }
        for (var condition : value) {
            if (!condition.isTextual()) {
                throw badField("waive", "is a list of conditions, such as error_rate >= 0.1");
            }
            waived.add(condition.textValue().strip());
        }
        return waived;
    }
}
