package dev.serin.server.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.rollout.Outcome;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.play.PlayedStep;
import java.util.List;

/// A play as the command line's JSON tells it (design, Command line).
public final class PlayedJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlayedJson() {}

    /// One scenario: name, outcome, reason, and its steps.
    public static ObjectNode of(String name, Played played) {
        var node = NODES.objectNode();
        node.put("name", name);
        node.put("outcome", outcome(played));
        node.put(
                "reason",
                played.rollout().outcome().map(Outcome::reason).orElseGet(played::waitsFor));
        var steps = node.putArray("steps");
        played.steps().forEach(step -> steps.add(step(step)));
        return node;
    }

    private static String outcome(Played played) {
        return played.rollout()
                .outcome()
                .map(outcome ->
                        switch (outcome.kind()) {
                            case PROMOTED -> "promoted";
                            case BREACHED, EXPOSURE, ROLLED_BACK_BY_HAND, REJECTED -> "rolledBack";
                        })
                .orElse("undecided");
    }

    private static ObjectNode step(PlayedStep step) {
        var node = NODES.objectNode();
        node.put("name", step.name());
        node.put("share", step.share().fraction());
        node.put("calls", step.candidateCalls());
        node.set("findings", findings(step.findings()));
        return node;
    }

    private static ArrayNode findings(List<Finding> findings) {
        var nodes = NODES.arrayNode();
        for (var finding : findings) {
            var seen = finding.estimate();
            var node = nodes.addObject();
            node.put("condition", finding.condition().text());
            node.put("finding", FindingWords.state(finding));
            number(node, "estimate", seen.value());
            number(node, "low", seen.low());
            number(node, "high", seen.high());
            node.put("calls", seen.calls());
            node.put("sentence", finding.sentence());
        }
        return nodes;
    }

    /// JSON has neither infinity nor NaN: what is not known is null.
    private static void number(ObjectNode node, String field, double value) {
        if (Double.isFinite(value)) {
            node.put(field, value);
        } else {
            node.putNull(field);
        }
    }
}
