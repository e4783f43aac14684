package dev.serin.server.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns as one JSON document.
final class ChaosJson {

    private ChaosJson() {}

    static String of(List<ChaosTurn> turns) {
        var node = JsonNodeFactory.instance.objectNode();
        var faults = node.putArray("faults");
        for (var turn : turns) {
            var met = turn.met();
            var each =
                    faults.addObject()
                            .put("fault", turn.each().provider())
                            .put("route", turn.each().route())
                            .put("calls", met.asked())
                            .put("failed", turn.failed())
                            .put("answeredInItsPlace", met.replaced())
                            .put("answeredByCandidate", met.byCandidate())
                            .put("breakerOpenedMs", ms(turn.opens()))
                            .put("p95Ms", met.p95Ms())
                            .put("burnMost", turn.burnMost())
                            .put("burnAfter", turn.burnNow())
                            .put("decidedMs", ms(turn.decided()));
            upgrade(each, "upgrade", turn.upgrade());
            upgrade(each, "triedAgain", turn.again());
            each.put("asItMust", turn.wrongs().isEmpty());
        }
        return node.toPrettyString();
    }

    private static void upgrade(ObjectNode node, String name, @Nullable ChaosUpgrade upgrade) {
        if (upgrade != null) {
            node.putObject(name)
                    .put("rollout", upgrade.rollout().toString())
                    .put("outcome", upgrade.word())
                    .put("reason", upgrade.reason());
        }
    }

    private static @Nullable Long ms(@Nullable Duration time) {
        return time == null ? null : (Long) time.toMillis();
    }
}
