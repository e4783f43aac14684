package dev.serin.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was last found of each condition in each step that was entered.
record Verdicts(List<Verdict> all) {

    Verdicts {
        all = List.copyOf(all);
    }

    /// One condition in one step.
    ///
    /// @param finding met, breached, unsure or resting
    record Verdict(String step, String condition, String finding, String then, String sentence) {

        /// Whether it is a reason not to go on; a condition that is only shown is none.
        boolean isBreach() {
            return finding.equals("breached") && !then.equals("show");
        }

        boolean isMet() {
            return finding.equals("met");
        }
    }

    /// @param journal as the API shows it, the newest entry first
    static Verdicts of(ShownRollout rollout, JsonNode journal) {
        var last = new HashMap<Integer, JsonNode>();
        for (var entry : journal) {
            // Entering a step tells what let the step before pass.
            boolean enters = entry.path("kind").asText().equals("stepEntered");
            int step = entry.path("step").path("index").asInt() - (enters ? 1 : 0);
            if (!entry.path("findings").isEmpty()) {
                last.putIfAbsent(step, entry.path("findings"));
            }
        }
        if (!rollout.isOver()) {
            last.put(rollout.stepIndex(), rollout.json().path("findings"));
        }
        return new Verdicts(inOrder(rollout, last));
    }

    private static List<Verdict> inOrder(ShownRollout rollout, Map<Integer, JsonNode> last) {
        var verdicts = new ArrayList<Verdict>();
        var steps = rollout.json().path("plan").path("steps");
        for (int step = 0; step < steps.size(); step++) {
            @Nullable JsonNode findings = last.get(step);
            if (findings != null) {
                for (var finding : findings) {
                    verdicts.add(verdict(steps.get(step).path("name").asText(), finding));
                }
            }
        }
        return verdicts;
    }

    private static Verdict verdict(String step, JsonNode finding) {
        return new Verdict(
                step,
                finding.path("condition").asText(),
                finding.path("finding").asText(),
                finding.path("then").asText(),
                finding.path("sentence").asText());
    }
}
