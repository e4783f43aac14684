package dev.serin.server.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.planfile.PlanDocument;
import dev.serin.server.planfile.PlanError;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.planfile.PlanWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/// A plan's file, read.
///
/// @param source the document as it was read, and as it is sent
/// @param document the plan with its defaults, as the API shows it
record ShownPlan(Path file, String source, ObjectNode document) {

    /// What is wrong with some files: a line for each error, with file, line, field and mend.
    static final class Wrong extends Exception {

        private static final long serialVersionUID = 1;

        private final transient List<String> lines;

        Wrong(List<String> lines) {
            super(lines.getFirst());
            this.lines = lines;
        }

        List<String> lines() {
            return lines;
        }
    }

    static ShownPlan read(Path file) throws Wrong {
        var bytes = PlanDocument.read(file);
        return switch (PlanReader.readAlone(bytes)) {
            case PlanReading.Read read -> new ShownPlan(file, read.source(), document(read));
            case PlanReading.Refused(List<PlanError> errors) ->
                    throw new Wrong(errors.stream().map(e -> file + ":" + e.text()).toList());
            case PlanReading.TooLarge large ->
                    throw new Wrong(List.of(file + ": " + large.message()));
        };
    }

    String route() {
        return document.path("route").asText();
    }

    String mediaType() {
        return file.toString().endsWith(".json") ? "application/json" : "application/yaml";
    }

    String summary() {
        return "%s → %s, %s, %s"
                .formatted(
                        document.path("baseline").asText(),
                        document.path("candidate").asText(),
                        counted(document.path("steps").size(), "step"),
                        counted(document.path("rollback").size(), "condition"));
    }

    /// The fields in which another plan, as the API shows it, says something else. A baseline that
    /// was left out is any.
    List<String> differences(JsonNode other) {
        var names = new LinkedHashSet<String>();
        document.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        if (document.path("baseline").asText().equals(PlanReader.ROUTES_MODEL)) {
            names.remove("baseline");
        }
        var different = new ArrayList<String>();
        for (var name : names) {
            if (!Objects.equals(orNull(document, name), orNull(other, name))) {
                different.add(name);
            }
        }
        return different;
    }

    private static JsonNode orNull(JsonNode json, String field) {
        var value = json.path(field);
        return value.isMissingNode() ? RemoteServer.JSON.nullNode() : value;
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /// Numbers become what they are when an answer is read, so that they can be compared.
    private static ObjectNode document(PlanReading.Read read) {
        try {
            var text = RemoteServer.JSON.writeValueAsString(PlanWriter.document(read.file()));
            return (ObjectNode) RemoteServer.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers always become JSON", e);
        }
    }
}
