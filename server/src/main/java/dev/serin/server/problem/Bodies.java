package dev.serin.server.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests, as strictly as strangers must be read.
public final class Bodies {

    /// The largest body that is read, unpacked, in bytes.
    public static final int MOST_BYTES = 10 << 20;

    private static final int MOST_DEPTH = 64;

    private static final JsonMapper STRICT =
            JsonMapper.builder(
                            com.fasterxml.jackson.core.JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MOST_DEPTH)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Bodies() {}

    /// The one JSON value that `body` holds.
    ///
    /// @throws ProblemException if it is none, with line and column
    public static JsonNode json(byte[] body) {
        try {
            return STRICT.readTree(body);
        } catch (JsonProcessingException e) {
            throw notJson(e);
        } catch (IOException e) {
            throw ProblemException.badRequest("the body is no UTF-8 text");
        }
    }

    /// The one JSON object that `body` holds, with no other fields than `known`; an empty body is an
    /// empty object.
    ///
    /// @throws ProblemException if it is anything else
    public static ObjectNode object(byte[] body, Set<String> known) {
        if (body.length == 0) {
            return STRICT.createObjectNode();
        }
        if (!(json(body) instanceof ObjectNode object)) {
            throw ProblemException.badRequest("the body is to be one JSON object");
        }
        for (var name : (Iterable<String>) object::fieldNames) {
            if (!known.contains(name)) {
                throw ProblemException.badField(
                        name, "no such field here; known are " + String.join(", ", sorted(known)));
            }
        }
        return object;
    }

    /// What is wrong with a text that should be JSON, in a sentence.
    public static String whatIsWrong(JsonProcessingException e) {
        var words = e.getOriginalMessage();
        int end = words.indexOf('\n');
        var first = end < 0 ? words : words.substring(0, end);
        if (first.startsWith("Trailing token")) {
            return "something follows after its end";
        }
        // What follows in parentheses or in backticks is told of the parser, not of the text.
        return first.replaceFirst("\\s*\\((?:start marker|for|through) .*$", "")
                .replaceFirst(": enable `[^`]*` to allow", "")
                .replaceFirst(", from `[^`]*`", "")
                .strip();
    }

    /// `body` unpacked, if `encoding` says that it is packed.
    ///
    /// @throws ProblemException if it cannot be, or is too large
    public static byte[] unpacked(byte[] body, @Nullable String encoding) {
        if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new ProblemException(
                    Problem.of(
                            "unknown-encoding",
                            Status.UNSUPPORTED_MEDIA_TYPE,
                            "send the body as it is, or packed with gzip"));
        }
        try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var unpacked = unpacking.readNBytes(MOST_BYTES + 1);
            if (unpacked.length > MOST_BYTES) {
                throw new ProblemException(
                        Problem.of(
                                "too-large",
                                Status.REQUEST_ENTITY_TOO_LARGE,
                                "a body has at most 10 MB when it is unpacked; send it in parts"));
            }
            return unpacked;
        } catch (IOException e) {
            throw ProblemException.badRequest("the body is not packed with gzip, or is cut short");
        }
    }

    private static ProblemException notJson(JsonProcessingException e) {
        var problem =
                Problem.of(
                        "not-json", Status.BAD_REQUEST, "the body is no JSON: " + whatIsWrong(e));
        JsonLocation at = e.getLocation();
        if (at != null && at.getLineNr() > 0) {
            problem = problem.with("line", at.getLineNr()).with("column", at.getColumnNr());
        }
        return new ProblemException(problem);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
