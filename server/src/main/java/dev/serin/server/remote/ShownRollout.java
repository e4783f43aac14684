package dev.serin.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.UUID;

/// A rollout as the API shows it.
record ShownRollout(JsonNode json) {

    static final int PROMOTED = 0;
    static final int ROLLED_BACK = 2;
    static final int UNDECIDED = 3;
    static final int AT_GATE = 4;

    UUID id() {
        return UUID.fromString(text("id"));
    }

    String route() {
        return text("route");
    }

    String phase() {
        return text("phase");
    }

    long version() {
        return json.path("version").asLong();
    }

    String candidate() {
        return text("candidate");
    }

    String baseline() {
        return text("baseline");
    }

    String stepName() {
        return json.path("step").path("name").asText("");
    }

    int stepIndex() {
        return json.path("step").path("index").asInt();
    }

    /// The candidate's part of the calls, as a page writes it: `5 %`.
    String share() {
        return percent(json.path("share").decimalValue());
    }

    boolean isOver() {
        return isPromoted() || phase().equals("rolledBack");
    }

    boolean isPromoted() {
        return phase().equals("complete");
    }

    boolean isAtGate() {
        return phase().equals("awaitingApproval");
    }

    boolean isPaused() {
        return phase().equals("paused");
    }

    boolean isFrozen() {
        return !frozen().isEmpty();
    }

    /// Why it ended; empty while it goes on.
    String reason() {
        return json.path("outcome").path("reason").asText("");
    }

    /// The phase in words: `waits at its gate`.
    String phaseInWords() {
        return switch (phase()) {
            case "waiting" -> "not begun";
            case "observing" -> "observing";
            case "awaitingApproval" -> "waits at its gate";
            case "paused" -> "paused";
            case "complete" -> "promoted";
            case "rolledBack" -> "rolled back";
            // A newer server may know more phases than this program.
            default -> phase();
        };
    }

    /// Where it stands, in one line.
    String line() {
        var line = new StringBuilder("%s: %s".formatted(route(), phaseInWords()));
        if (isOver()) {
            return line.append(reason().isEmpty() ? "" : ": " + reason()).toString();
        }
        line.append(", step \"%s\", %s gets %s".formatted(stepName(), candidate(), share()));
        if (isAtGate()) {
            var gate = json.path("gate");
            line.append("; approve: go to ").append(percent(gate.path("nextShare").decimalValue()));
            var note = gate.path("note").asText("");
            line.append(note.isEmpty() ? "" : " (" + note + ")");
        }
        if (isPaused()) {
            line.append("; ").append(json.path("pausedBecause").asText("by hand"));
        }
        line.append(frozen().isEmpty() ? "" : "; " + frozen());
        var trouble = json.path("trouble").asText("");
        return line.append(trouble.isEmpty() || trouble.equals("null") ? "" : "; " + trouble)
                .toString();
    }

    /// Until when a freeze keeps it from its next step up, and why; empty if none does.
    private String frozen() {
        return json.path("frozen").path("sentence").asText("");
    }

    /// What a line in a log would repeat if it were told again.
    String state() {
        return "%s %d %d %s %s"
                .formatted(phase(), version(), stepIndex(), json.path("gate"), frozen());
    }

    private String text(String field) {
        return json.path(field).asText("");
    }

    static String percent(BigDecimal part) {
        return part.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
