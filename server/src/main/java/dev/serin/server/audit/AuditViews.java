package dev.serin.server.audit;

import dev.serin.server.access.Scope;
import dev.serin.web.audit.AuditView;
import dev.serin.web.audit.AuditView.Choice;
import dev.serin.web.words.Times;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Puts deeds into words.
@ApplicationScoped
class AuditViews {

    private static final int PAGE = 50;

    private final AuditReads reads;
    private final InstantSource clock;

    AuditViews(AuditReads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    AuditView of(AuditFilter filter, Scope admits) {
        var now = clock.instant();
        var found = reads.newest(filter, admits, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var older = found.size() > PAGE ? filter.from(shown.getLast().id).address() : null;
        return new AuditView(
                sentence(filter, shown),
                filter.address(),
                shown.stream().map(row -> line(row, now)).toList(),
                new AuditView.Filter(
                        filter.who(), whats(filter.what()), filter.route(), filter.isFiltering()),
                older,
                filter.before() == null ? null : filter.from(null).address(),
                export(filter));
    }

    private static AuditView.Line line(AuditRow row, Instant now) {
        return new AuditView.Line(
                row.id,
                Times.seen(row.at, now),
                row.who,
                row.proven,
                row.refused == null ? Deeds.words(row.what) : "was refused: " + row.what,
                row.refused,
                row.route,
                row.rollout == null ? null : row.rollout.toString(),
                row.comment,
                row.before,
                row.after,
                row.address);
    }

    private static String sentence(AuditFilter filter, List<AuditRow> shown) {
        if (shown.isEmpty()) {
            return filter.isFiltering() || filter.before() != null
                    ? "Nothing that was done matches this filter."
                    : "Nobody has done anything yet.";
        }
        var newest = shown.getFirst();
        if (filter.before() != null) {
            return "What was done before.";
        }
        var where = newest.route == null ? "" : " on " + newest.route;
        return newest.refused == null
                ? "%s %s%s last.".formatted(newest.who, Deeds.words(newest.what), where)
                : "%s was the last to try something%s, in vain.".formatted(newest.who, where);
    }

    private static List<Choice> whats(String chosen) {
        var choices = new ArrayList<Choice>();
        choices.add(new Choice("", "all", chosen.isEmpty()));
        Deeds.all()
                .forEach((key, words) -> choices.add(new Choice(key, words, key.equals(chosen))));
        if (choices.stream().noneMatch(Choice::chosen)) {
            choices.add(new Choice(chosen, Deeds.words(chosen), true));
        }
        return choices;
    }

    private static String export(AuditFilter filter) {
        var query = filter.from(null).address();
        return query.isEmpty() ? "?format=ndjson" : query + "&format=ndjson";
    }
}
