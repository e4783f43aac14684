package dev.serin.server.evidence;

import dev.serin.server.access.Scope;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What one caller handed in, waiting to be stored: readable observations with their places in what
/// was posted, those that could not be read, and under what name it counts once, if it has one.
final class Batch {

    record Row(int index, Seen seen) {}

    /// @param key the caller's `Idempotency-Key`
    /// @param bodyHash of what was posted under it, in hex
    record Once(String key, String bodyHash) {

        /// The same among those of one team: teams never meet by their keys.
        Once among(Scope scope) {
            return scope.everywhere()
                    ? this
                    : new Once(String.join(",", scope.names()) + ": " + key, bodyHash);
        }
    }

    /// Stands for the rollout of feedback, which may be of any.
    static final UUID ANY = new UUID(0, 0);

    private final UUID rollout;
    private final boolean isFeedback;
    private final List<Row> rows;
    private final List<Feedback> feedback;
    private final List<Answer.Refused> refused;
    private final @Nullable Once once;
    private final List<Assigned> assigned;
    private final Scope scope;
    private final long handedIn = System.nanoTime();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    private Batch(
            UUID rollout,
            boolean isFeedback,
            List<Row> rows,
            List<Feedback> feedback,
            List<Answer.Refused> refused,
            @Nullable Once once,
            List<Assigned> assigned,
            Scope scope) {
        this.scope = scope;
        this.rollout = rollout;
        this.isFeedback = isFeedback;
        this.rows = List.copyOf(rows);
        this.feedback = List.copyOf(feedback);
        this.refused = List.copyOf(refused);
        this.once = once;
        this.assigned = List.copyOf(assigned);
    }

    /// What Serin saw itself, or somebody who may tell of every rollout.
    static Batch of(
            UUID rollout, List<Row> rows, List<Answer.Refused> refused, @Nullable Once once) {
        return of(rollout, rows, refused, once, Scope.EVERYWHERE);
    }

    static Batch of(
            UUID rollout,
            List<Row> rows,
            List<Answer.Refused> refused,
            @Nullable Once once,
            Scope scope) {
        return new Batch(
                rollout, /* isFeedback= */ false, rows, List.of(), refused, once, List.of(), scope);
    }

    static Batch of(Assigned key) {
        return new Batch(
                key.rollout(),
                /* isFeedback= */ false,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(key),
                Scope.EVERYWHERE);
    }

    /// Labels by somebody who may tell of every rollout.
    static Batch ofFeedback(
            List<Feedback> feedback, List<Answer.Refused> refused, @Nullable Once once) {
        return ofFeedback(feedback, refused, once, Scope.EVERYWHERE);
    }

    static Batch ofFeedback(
            List<Feedback> feedback,
            List<Answer.Refused> refused,
            @Nullable Once once,
            Scope scope) {
        return new Batch(
                ANY, /* isFeedback= */ true, List.of(), feedback, refused, once, List.of(), scope);
    }

    /// The teams of whose rollouts it may tell; those of others are unknown to it.
    Scope scope() {
        return scope;
    }

    /// Whether it holds labels, and no calls. Its rollout does not tell: a program that forgot to set
    /// one may name [#ANY].
    boolean isFeedback() {
        return isFeedback;
    }

    List<Feedback> feedback() {
        return feedback;
    }

    UUID rollout() {
        return rollout;
    }

    List<Row> rows() {
        return rows;
    }

    List<Answer.Refused> refused() {
        return refused;
    }

    @Nullable Once once() {
        return once;
    }

    List<Assigned> assigned() {
        return assigned;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    /// When it was handed in, in monotonic nanoseconds.
    long handedIn() {
        return handedIn;
    }

    int weight() {
        return 1 + rows.size() + feedback.size();
    }
}
