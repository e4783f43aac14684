package dev.serin.server.remote;

import dev.serin.server.problem.WrongUse;
import dev.serin.server.remote.RemoteServer.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Asks a server what becomes of a plan, and has it started.
final class Applying {

    private static final String ROLLOUTS = "/api/v1/rollouts";

    private final RemoteServer server;
    private final boolean again;

    /// @param again whether a plan that was the route's last is to start once more
    Applying(RemoteServer server, boolean again) {
        this.server = server;
        this.again = again;
    }

    /// What applying `plan` would do; nothing is changed.
    Intent intent(ShownPlan plan) {
        for (var rollout : newest(plan.route())) {
            boolean same = plan.differences(rollout.json().path("plan")).isEmpty();
            if (!rollout.isOver()) {
                return same ? new Intent.Nothing(plan, rollout) : inTheWay(plan, rollout);
            }
            if (same && !again) {
                return new Intent.Nothing(plan, rollout);
            }
            break;
        }
        var answer = server.post(ROLLOUTS + "?dryRun=true", plan.mediaType(), plan.source());
        return answer.isGood()
                ? new Intent.Start(plan)
                : new Intent.Blocked(plan, null, refusal(answer));
    }

    /// Starts `plan`. An answer that was lost does no harm: the route has one rollout at most, and
    /// whoever comes second finds it.
    Intent start(ShownPlan plan) {
        var answer = server.post(ROLLOUTS, plan.mediaType(), plan.source());
        if (answer.isGood()) {
            return new Intent.Started(plan, new ShownRollout(answer.body()));
        }
        if (answer.status() == 409 && answer.body().path("rollout").isObject()) {
            var rollout = new ShownRollout(answer.body().path("rollout"));
            return plan.differences(rollout.json().path("plan")).isEmpty()
                    ? new Intent.Nothing(plan, rollout)
                    : inTheWay(plan, rollout);
        }
        return new Intent.Blocked(plan, null, refusal(answer));
    }

    private static Intent inTheWay(ShownPlan plan, ShownRollout rollout) {
        return new Intent.Blocked(
                plan,
                rollout,
                "another plan runs (other %s), and is not touched; serin wait %s, or serin rollback %s"
                        .formatted(
                                String.join(", ", plan.differences(rollout.json().path("plan"))),
                                rollout.id(),
                                rollout.id()));
    }

    /// What a plan's errors are, as a server that knows the route sees them.
    private String refusal(Answer answer) {
        if (answer.status() != 400 || !answer.body().path("errors").isArray()) {
            throw server.refused(answer);
        }
        var lines = new ArrayList<String>();
        for (var error : answer.body().path("errors")) {
            lines.add(
                    "line %d, %s: %s"
                            .formatted(
                                    error.path("line").asInt(),
                                    error.path("field").asText(),
                                    error.path("message").asText()));
        }
        return String.join("; ", lines);
    }

    /// The route's rollouts, newest first, without those that were only played.
    private List<ShownRollout> newest(String route) {
        var name = URLEncoder.encode(route, StandardCharsets.UTF_8);
        var list = server.good(server.get(ROLLOUTS + "?limit=50&route=" + name));
        if (!list.isArray()) {
            throw new WrongUse("this is no Serin server: it lists no rollouts; check --server");
        }
        var found = new ArrayList<ShownRollout>();
        for (var json : list) {
            if (json.path("replayOf").isNull() || json.path("replayOf").isMissingNode()) {
                found.add(new ShownRollout(json));
            }
        }
        // One that is active stands in the way, whatever was kept of others since.
        found.sort((one, other) -> Boolean.compare(one.isOver(), other.isOver()));
        return found;
    }
}
