package dev.serin.server.rollout;

import dev.serin.server.access.Scope;
import dev.serin.server.evidence.Gathering;
import dev.serin.server.evidence.Judges;
import dev.serin.server.words.RolloutWords;
import dev.serin.server.words.Story;
import dev.serin.web.words.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/// Reads rollouts that are to be set beside each other.
@ApplicationScoped
public class Runs {

    private final Gathering evidence;
    private final JournalLines lines;
    private final Judges judges;
    private final InstantSource clock;
    private final Session database;

    Runs(
            Gathering evidence,
            JournalLines lines,
            Judges judges,
            InstantSource clock,
            Session database) {
        this.database = database;
        this.evidence = evidence;
        this.lines = lines;
        this.judges = judges;
        this.clock = clock;
    }

    /// A run that may be chosen.
    ///
    /// @param label `support-chat: gpt-3.5-turbo → gpt-4, promoted, 2 d ago`
    public record Choice(UUID id, String label) {}

    /// Those of `ids` that exist where somebody may look, in their order.
    @Transactional
    public List<Run> of(List<UUID> ids, Scope sight) {
        var now = clock.instant();
        var journals = lines.of(ids);
        var runs = new ArrayList<Run>();
        for (var id : ids) {
            RolloutRow.<RolloutRow>findByIdOptional(id)
                    .filter(row -> sight.covers(row.team))
                    .ifPresent(row ->
                            runs.add(
                                    new Run(
                                            id,
                                            new Story(
                                                    row.rollout(),
                                                    row.judged,
                                                    journals.getOrDefault(id, List.of()),
                                                    now),
                                            evidence.of(id, now).evidence(),
                                            judges.of(id),
                                            row.plan.judge(),
                                            row.prices,
                                            row.simulated)));
        }
        return runs;
    }

    /// Rollouts where somebody may look: those that were chosen, in their order, then the newest others.
    ///
    /// @param newest how many of those to look through
    @Transactional
    public List<Choice> choices(List<UUID> chosen, int newest, Scope sight) {
        var now = clock.instant();
        var rows = new LinkedHashMap<UUID, RolloutRow>();
        for (var id : chosen) {
            RolloutRow.<RolloutRow>findByIdOptional(id)
                    .filter(row -> sight.covers(row.team))
                    .ifPresent(row -> rows.put(id, row));
        }
        Within.newest(database, "true", Map.of(), sight, newest)
                .forEach(row -> rows.putIfAbsent(row.id, row));
        return rows.values().stream().map(row -> new Choice(row.id, label(row, now))).toList();
    }

    private static String label(RolloutRow row, Instant now) {
        var plan = row.enginePlan();
        return "%s: %s → %s, %s, %s"
                .formatted(
                        row.route,
                        plan.baseline(),
                        plan.candidate(),
                        RolloutWords.state(row.phase).toLowerCase(Locale.ROOT),
                        Times.seen(row.startedAt, now).words());
    }
}
