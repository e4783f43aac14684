package dev.serin.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Share;
import dev.serin.server.DatabaseFailed;
import dev.serin.server.evidence.Answer;
import dev.serin.server.evidence.Feedback;
import dev.serin.server.evidence.Verdict;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import jakarta.ws.rs.core.Response.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verdict that was paid for")
class VerdictsTest {

    private static final RuntimeException AWAY =
            new DatabaseFailed("not stored", new SQLException("gone", "08006"));

    private static final RuntimeException FULL =
            new ProblemException(
                    Problem.of("intake-full", Status.SERVICE_UNAVAILABLE, "come again"));

    private static final RuntimeException WRONG =
            new DatabaseFailed("not stored", new SQLException("no such column", "42703"));

    private static final Verdict GOOD = new Verdict.Mark(false);

    private final ChosenCall call =
            new ChosenCall(
                    UUID.randomUUID(),
                    new RouteJudge("x/critic", "p", Share.ALL, "tone", RouteJudge.Says.VERDICT, 1),
                    "call-1");

    private final AtomicBoolean closing = new AtomicBoolean();
    private Queue<RuntimeException> troubles = new ArrayDeque<>();
    private int tries;

    @Test
    @DisplayName("waits for a database that is away, and for room in the intake")
    void waits() throws Exception {
        troubles = new ArrayDeque<>(List.of(AWAY, FULL, AWAY));
        assertThat(verdicts(Duration.ofMinutes(1)).said(call, GOOD)).isTrue();
        assertThat(tries).isEqualTo(4);
    }

    @Test
    @DisplayName(
            "is given up when its time is over, when the server stops, and where waiting is no use")
    void isGivenUp() throws Exception {
        troubles = new ArrayDeque<>(List.of(AWAY, WRONG, AWAY));
        assertThat(verdicts(Duration.ofNanos(-1)).said(call, GOOD)).isFalse();
        assertThat(verdicts(Duration.ofMinutes(1)).said(call, GOOD)).isFalse();
        closing.set(true);
        assertThat(verdicts(Duration.ofMinutes(1)).said(call, GOOD)).isFalse();
        assertThat(tries).isEqualTo(3);
    }

    @Test
    @DisplayName("holds up no other, where nothing came of it")
    void waitsForNothing() {
        troubles = new ArrayDeque<>(List.of(AWAY));
        verdicts(Duration.ofMinutes(1)).failed(call);
        assertThat(tries).isEqualTo(1);
    }

    private Verdicts verdicts(Duration kept) {
        return new Verdicts(this::take, kept, Duration.ofMillis(1), closing::get);
    }

    /// As the intake does: what is full says so at once, what is away says so later.
    private CompletionStage<Answer> take(List<Feedback> labels) {
        tries++;
        var trouble = troubles.poll();
        if (trouble == FULL) {
            throw FULL;
        }
        return trouble == null
                ? CompletableFuture.completedFuture(
                        new Answer(labels.size(), List.of(), null, null, null))
                : CompletableFuture.failedFuture(trouble);
    }
}
