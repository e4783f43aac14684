package dev.serin.server.otlp;

import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitors;
import dev.serin.server.evidence.Answer;
import dev.serin.server.evidence.Feedback;
import dev.serin.server.evidence.Observations;
import dev.serin.server.evidence.Seen;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import dev.serin.server.route.RouteTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Hands on what spans and events tell, and says what was refused of it.
@ApplicationScoped
class Intake {

    private final RouteTable routes;
    private final Observations observations;
    private final InstantSource clock;
    private final Visitors visitors;
    private final Counter taken;
    private final Counter refused;
    private final Counter others;

    Intake(
            RouteTable routes,
            Observations observations,
            InstantSource clock,
            Visitors visitors,
            MeterRegistry meters) {
        this.visitors = visitors;
        this.routes = routes;
        this.observations = observations;
        this.clock = clock;
        this.taken = meters.counter("serin.otlp", "what", "evidence");
        this.refused = meters.counter("serin.otlp", "what", "refused");
        this.others = meters.counter("serin.otlp", "what", "other");
    }

    /// What was refused, spans or records, and why the first of them.
    record Refusals(int number, String why) {

        static Refusals of(List<String> all) {
            if (all.isEmpty()) {
                return new Refusals(0, "");
            }
            var more = all.size() - 1;
            return new Refusals(
                    all.size(),
                    all.getFirst() + (more == 0 ? "" : "; and %d more".formatted(more)));
        }
    }

    /// Stores calls and the verdicts that came with them, and returns after they are committed.
    Refusals spans(List<Span> spans) {
        var now = clock.instant();
        var scope = visitors.current().scope(Role.OPERATOR);
        var calls = new Calls(route -> routes.of(route, scope), now);
        var told = new ArrayList<Told>();
        for (var span : spans) {
            told.add(calls.of(span));
            var call = Calls.idOf(span.attributes(), span.traceId(), span.spanId());
            span.events().stream()
                    .filter(event -> event.name().equals(Events.EVALUATION))
                    .forEach(event -> told.add(Verdicts.of(event, call, told.size(), now)));
        }
        return store(told, scope);
    }

    /// Stores the verdicts among log records; other records are passed over.
    Refusals logs(List<Event> events) {
        Instant now = clock.instant();
        var told = new ArrayList<Told>();
        for (var event : events) {
            told.add(
                    event.name().equals(Events.EVALUATION)
                            ? Verdicts.of(event, null, told.size(), now)
                            : new Told.Other());
        }
        return store(told, visitors.current().scope(Role.OPERATOR));
    }

    /// @param scope the teams of whose rollouts it may tell
    private Refusals store(List<Told> all, Scope scope) {
        var why = new ArrayList<String>();
        Map<UUID, List<Seen>> calls = new LinkedHashMap<>();
        var labels = new ArrayList<Feedback>();
        for (var told : all) {
            switch (told) {
                case Told.Observed(var rollout, var seen) ->
                        calls.computeIfAbsent(rollout, _ -> new ArrayList<>()).add(seen);
                case Told.Judged(var feedback) -> labels.add(feedback);
                case Told.Refused(var reason) -> why.add(reason);
                case Told.Other _ -> others.increment();
            }
        }
        // Calls first, so that the verdicts that came with them need not wait.
        var stored = new ArrayList<Sent>();
        calls.forEach((rollout, seen) ->
                stored.add(new Sent(seen.size(), observations.record(rollout, seen, scope))));
        stored.forEach(answer -> take(answer, why));
        if (!labels.isEmpty()) {
            take(new Sent(labels.size(), observations.label(labels, scope)), why);
        }
        refused.increment(why.size());
        return Refusals.of(why);
    }

    /// @param told how many calls, or labels
    private record Sent(int told, CompletionStage<Answer> answer) {}

    /// Those of a rollout that takes none are refused; the others of an export are stored all the same.
    private void take(Sent stored, List<String> why) {
        try {
            var answer = stored.answer.toCompletableFuture().join();
            taken.increment(answer.accepted());
            answer.refused().forEach(row -> why.add(reason(row)));
            var uncounted = answer.uncounted();
            if (uncounted != null) {
                uncounted.forEach(row -> why.add(reason(row)));
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException refused && isTheirs(refused.problem())) {
                why.addAll(Collections.nCopies(stored.told, refused.problem().detail()));
                return;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static boolean isTheirs(Problem problem) {
        return problem.status() == Status.NOT_FOUND.getStatusCode()
                || problem.status() == Status.CONFLICT.getStatusCode();
    }

    private static String reason(Answer.Refused row) {
        return row.field().isEmpty() ? row.message() : row.field() + ": " + row.message();
    }
}
