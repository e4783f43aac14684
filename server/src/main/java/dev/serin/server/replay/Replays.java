package dev.serin.server.replay;

import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Phase.AwaitingApproval;
import dev.serin.engine.rollout.Phase.Complete;
import dev.serin.engine.rollout.Phase.Observing;
import dev.serin.engine.rollout.Phase.Paused;
import dev.serin.engine.rollout.Phase.RolledBack;
import dev.serin.engine.rollout.Phase.Waiting;
import dev.serin.engine.rollout.Signal;
import dev.serin.server.demo.Terminal;
import dev.serin.server.planfile.PlanDocument;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.problem.WrongUse;
import dev.serin.server.rollout.PastRun;
import dev.serin.server.rollout.Start;
import dev.serin.simulator.play.Played;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// A replay from its files to its verdict.
public final class Replays {

    private static final int PROMOTED = 0;
    private static final int ROLLED_BACK = 2;
    private static final int UNDECIDED = 3;
    private static final int AT_A_GATE = 4;

    private final PlanReading.Read plan;
    private final Replay.Result result;

    /// What to play.
    ///
    /// @param arrivals a trace of arrivals; null for the files' own times, or a steady rate
    /// @param untilGate whether it ends at the first gate instead of approving it
    /// @param kept whether the history keeps it: that needs the baseline's name in the plan
    public record Request(
            Path plan,
            Path baseline,
            Path candidate,
            @Nullable Path arrivals,
            long seed,
            boolean untilGate,
            boolean kept) {}

    private Replays(PlanReading.Read plan, Replay.Result result) {
        this.plan = plan;
        this.result = result;
    }

    /// Reads the files and plays them.
    ///
    /// @param now when the replay is over, in the history
    /// @param err is told of rows that could not be read and conditions that can never be met
    /// @throws WrongUse if a file cannot be read
    public static Replays play(Request request, Instant now, PrintStream err) {
        var plan = read(request.plan(), request.kept());
        plan.warnings()
                .forEach(warning ->
                        err.println("serin: %s:%s".formatted(request.plan(), warning.text())));
        var shape = Replay.shapeFor(plan.plan());
        var trace = request.arrivals() == null ? null : ArrivalTrace.read(request.arrivals());
        var replay =
                Replay.of(
                        plan.plan(),
                        CallFile.read(request.baseline(), shape, request.seed()),
                        CallFile.read(request.candidate(), shape, request.seed()),
                        trace,
                        request.seed(),
                        !request.untilGate());
        ReplayText.warn(replay, err);
        return new Replays(plan, replay.playUntil(now));
    }

    /// The run as the history keeps it: one that was not decided is closed there, since nothing will
    /// come to it any more.
    public PastRun toHistory() {
        var played = played();
        var rollout = played.rollout();
        var entries = new ArrayList<>(played.entries());
        if (rollout.isActive()) {
            var close = new Signal.RollBack(Replay.BY, "undecided: " + played.waitsFor());
            if (rollout.decide(close, played.evidence(), played.end()) instanceof Moved moved) {
                rollout = moved.next();
                entries.addAll(moved.entries());
            }
        }
        return new PastRun(
                plan.file(),
                plan.source(),
                plan.source().stripLeading().startsWith("{")
                        ? Start.Format.JSON
                        : Start.Format.YAML,
                rollout,
                entries,
                played.evidence(),
                played.judged(),
                new PastRun.Origin.Replayed(source()));
    }

    public Played played() {
        return result.played();
    }

    /// What was played, in one line for the history.
    public String source() {
        return String.join("; ", result.sources());
    }

    /// The exit code: 0 promoted, 2 rolled back or rejected, 3 undecided, 4 at a gate.
    public int exitCode() {
        return switch (played().rollout().phase()) {
            case Complete _ -> PROMOTED;
            case RolledBack _ -> ROLLED_BACK;
            case AwaitingApproval _ -> AT_A_GATE;
            case Waiting _, Observing _, Paused _ -> UNDECIDED;
        };
    }

    public void print(Terminal terminal) {
        ReplayText.print(result, terminal);
    }

    /// One JSON document.
    ///
    /// @param id the run's in the history; null if it is not kept
    public String json(@Nullable String id) {
        return ReplayText.json(result, id).toPrettyString();
    }

    /// Markdown for a pull request.
    ///
    /// @param id the run's in the history; null if it is not kept
    public String summary(@Nullable String id) {
        return ReplaySummary.of(result, id);
    }

    private static PlanReading.Read read(Path path, boolean kept) {
        return switch (PlanReader.readAlone(PlanDocument.read(path))) {
            case PlanReading.Read read
                    when kept && read.plan().baseline().equals(PlanReader.ROUTES_MODEL) ->
                    throw new WrongUse(
                            "%s leaves the baseline out, and the history keeps no run without its name; write baseline: NAME, or add --no-history"
                                    .formatted(path));
            case PlanReading.Read read -> read;
            case PlanReading.Refused(var errors) ->
                    throw new WrongUse(
                            "%s:%s%s"
                                    .formatted(
                                            path,
                                            errors.getFirst().text(),
                                            errors.size() == 1
                                                    ? ""
                                                    : " (and %d more; serin check names them)"
                                                            .formatted(errors.size() - 1)));
            case PlanReading.TooLarge large ->
                    throw new WrongUse("--plan: %s: %s".formatted(path, large.message()));
        };
    }
}
