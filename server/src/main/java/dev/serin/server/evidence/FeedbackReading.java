package dev.serin.server.evidence;

import static dev.serin.server.evidence.RowFields.at;
import static dev.serin.server.evidence.RowFields.bool;
import static dev.serin.server.evidence.RowFields.cut;
import static dev.serin.server.evidence.RowFields.present;
import static dev.serin.server.evidence.RowFields.shown;
import static dev.serin.server.evidence.RowFields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads posted feedback: one label, or several of one call.
final class FeedbackReading {

    private static final Set<String> FIELDS =
            Set.of("id", "rollout", "label", "value", "failed", "labels", "judge", "at");
    private static final Set<String> OF_JUDGE = Set.of("name", "version");

    private FeedbackReading() {}

    static Feedback row(int index, ObjectNode row) throws Wrong {
        RowFields.refuseOthers(row, FIELDS);
        var id = text(row, "id");
        if (id == null) {
            throw new Wrong("id", "is missing; write the id of the call");
        }
        boolean isShort = present(row, "labels") != null;
        return new Feedback(
                index, rollout(row), id, isShort ? several(row) : List.of(one(row)), isShort);
    }

    private static Label one(ObjectNode row) throws Wrong {
        var name = text(row, "label");
        if (name == null) {
            throw new Wrong("label", "is missing; write the name of the label");
        }
        return label(row, name, verdict(row));
    }

    private static Verdict verdict(ObjectNode row) throws Wrong {
        var value = present(row, "value");
        boolean failed = Boolean.TRUE.equals(bool(row, "failed"));
        if (value == null && !failed) {
            throw new Wrong(
                    "value",
                    "is missing; write true for bad, false for good, a score of 0 to 1, or failed:"
                            + " true where the judge could not tell");
        }
        if (value != null && failed) {
            throw new Wrong("failed", "a judge that failed has no value; leave one of them out");
        }
        return value == null ? new Verdict.Failed() : RowFields.verdict("value", value);
    }

    private static List<Label> several(ObjectNode row) throws Wrong {
        for (var other : List.of("label", "value", "failed")) {
            if (present(row, other) != null) {
                throw new Wrong(other, other + " stands beside labels; keep one of them");
            }
        }
        var value = row.get("labels");
        if (!value.isObject() || value.isEmpty() || value.size() > RowFields.MOST_LABELS) {
            throw new Wrong(
                    "labels",
                    "is an object of 1 to %d labels, each true for bad, or a score of 0 to 1"
                            .formatted(RowFields.MOST_LABELS));
        }
        var labels = new ArrayList<Label>();
        for (var field : value.properties()) {
            var path = "labels." + cut(field.getKey());
            var name = RowFields.labelName(field.getKey(), path);
            labels.add(label(row, name, RowFields.verdict(path, field.getValue())));
        }
        return labels;
    }

    private static Label label(ObjectNode row, String name, Verdict verdict) throws Wrong {
        var judge = present(row, "judge");
        if (judge == null) {
            return new Label(name, verdict, null, null, at(row));
        }
        if (!(judge instanceof ObjectNode who)) {
            throw new Wrong("judge", "is an object with name and version, got " + shown(judge));
        }
        RowFields.refuseOthers(who, OF_JUDGE);
        return new Label(name, verdict, text(who, "name"), text(who, "version"), at(row));
    }

    private static @Nullable UUID rollout(ObjectNode row) throws Wrong {
        var value = text(row, "rollout");
        if (value == null) {
            return null;
        }
        try {
            var id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // told below, like any other that is none
        }
        throw new Wrong("rollout", cut(value) + " is no id of a rollout; leave it out or mend it");
    }
}
