package dev.serin.server.compare;

import dev.serin.server.access.Visitors;
import dev.serin.server.problem.ProblemException;
import dev.serin.server.rollout.Run;
import dev.serin.server.rollout.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/// Finds exactly the runs that were asked for, or says what is wrong with the question.
@ApplicationScoped
class Asked {

    private final Runs runs;
    private final Visitors visitors;

    Asked(Runs runs, Visitors visitors) {
        this.runs = runs;
        this.visitors = visitors;
    }

    /// @param texts ids as they stand in the address
    List<Run> of(List<String> texts) {
        var ids = new LinkedHashSet<UUID>();
        for (var text : texts) {
            ids.add(id(text));
        }
        if (ids.size() < 2 || ids.size() > CompareViews.MOST) {
            throw ProblemException.badField("run", wrongNumber(ids.size(), texts.size()));
        }
        var found = runs.of(List.copyOf(ids), visitors.sight());
        found.stream().map(Run::id).forEach(ids::remove);
        if (!ids.isEmpty()) {
            throw ProblemException.notFound(
                    "no-such-rollout", "there is no rollout " + ids.getFirst());
        }
        return found;
    }

    private static String wrongNumber(int ids, int texts) {
        return ids == 1 && texts > 1
                ? "a run cannot be compared with itself: name two to %d different rollouts"
                        .formatted(CompareViews.MOST)
                : "name two to %d rollouts, got %d".formatted(CompareViews.MOST, ids);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw ProblemException.badField("run", "is a rollout's id, got " + text);
        }
    }
}
