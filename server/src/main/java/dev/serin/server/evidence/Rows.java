package dev.serin.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What was posted, row by row: a row that is wrong does not take the others with it.
final class Rows<T> {

    /// Reads one row.
    interface Reader<T> {
        T read(int index, ObjectNode row) throws Wrong;
    }

    private final Reader<T> reader;
    private final List<T> read = new ArrayList<>();
    private final List<Answer.Refused> refused = new ArrayList<>();

    private Rows(Reader<T> reader) {
        this.reader = reader;
    }

    /// An array of objects, a single one, or one a line.
    ///
    /// @throws ProblemException if the whole cannot be read
    static <T> Rows<T> of(Posted posted, Reader<T> reader) {
        var rows = new Rows<T>(reader);
        if (posted.isLines()) {
            rows.lines(posted.body());
        } else {
            rows.array(Bodies.json(posted.body()));
        }
        return rows;
    }

    List<T> read() {
        return read;
    }

    List<Answer.Refused> refused() {
        return refused;
    }

    private void array(JsonNode json) {
        if (json.isObject()) {
            take(0, json);
        } else if (json.isArray()) {
            int index = 0;
            for (var row : json) {
                take(index++, row);
            }
        } else {
            throw ProblemException.badRequest("the body is to be an array of objects");
        }
    }

    /// Empty lines count for nothing.
    private void lines(byte[] body) {
        int index = 0;
        int from = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                var line = Arrays.copyOfRange(body, from, i);
                from = i + 1;
                if (!isBlank(line)) {
                    line(index++, line);
                }
            }
        }
    }

    /// Mostly the first byte tells.
    private static boolean isBlank(byte[] line) {
        return line.length == 0
                || (line[0] != '{' && new String(line, StandardCharsets.UTF_8).isBlank());
    }

    private void line(int index, byte[] line) {
        try {
            take(index, Bodies.json(line));
        } catch (ProblemException e) {
            refused.add(new Answer.Refused(index, "", "the line is no JSON; " + e.getMessage()));
        }
    }

    private void take(int index, JsonNode json) {
        try {
            if (!(json instanceof ObjectNode row)) {
                throw new Wrong("", "a row is a JSON object");
            }
            read.add(reader.read(index, row));
        } catch (Wrong e) {
            refused.add(e.at(index));
        }
    }
}
