package dev.serin.server.lab;

import dev.serin.server.SerinConfig;
import dev.serin.simulator.lab.Lab;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/// The runs of the lab on this server: those that wait for their turn, the one that goes on, and the
/// newest that ended.
@ApplicationScoped
class LabRuns {

    private static final Logger LOG = Logger.getLogger(LabRuns.class);
    private static final int ID_BYTES = 9;

    /// Ended runs that can be looked at again.
    private static final int KEPT = 50;

    private final SerinConfig.Lab config;
    private final Map<String, LabRun> runs = new LinkedHashMap<>();
    private long begun;
    private final ExecutorService turns = Executors.newSingleThreadExecutor(LabRuns::thread);

    LabRuns(SerinConfig config) {
        this.config = config.lab();
    }

    /// Begins a run, at once or when it is its turn; empty where too many wait already.
    Optional<LabRun> begin(LabWish wish) {
        var run = new LabRun(id(), wish, System::nanoTime, config.patience());
        if (!admit(run)) {
            return Optional.empty();
        }
        turns.execute(() -> play(run));
        return Optional.of(run);
    }

    /// The run with that id, for somebody who looks at it.
    Optional<LabRun> look(String id) {
        var run = find(id);
        run.ifPresent(LabRun::look);
        return run;
    }

    synchronized Optional<LabRun> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @PreDestroy
    void close() {
        all().forEach(LabRun::stop);
        turns.shutdownNow();
    }

    private void play(LabRun run) {
        try {
            run.report().complete(Lab.run(run.wish().order(), run, config.threads()));
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "lab run %s failed; whoever looks at it is told", run.id());
            run.report().completeExceptionally(e);
        }
    }

    /// Runs that were ever begun.
    synchronized long begun() {
        return begun;
    }

    /// Runs that go on or wait for their turn.
    synchronized long open() {
        return runs.values().stream().filter(it -> !it.report().isDone()).count();
    }

    /// The run that was begun last.
    synchronized Optional<LabRun> newest() {
        return runs.values().stream().reduce((_, later) -> later);
    }

    private synchronized boolean admit(LabRun run) {
        if (open() >= config.waiting()) {
            return false;
        }
        begun++;
        var ended = runs.values().stream().filter(it -> it.report().isDone()).toList();
        ended.stream()
                .limit(Math.max(0, ended.size() - KEPT + 1))
                .forEach(it -> runs.remove(it.id()));
        runs.put(run.id(), run);
        return true;
    }

    private synchronized List<LabRun> all() {
        return new ArrayList<>(runs.values());
    }

    /// Live rollouts come first where the processors are busy.
    @SuppressWarnings("ThreadPriorityCheck") // nothing but speed depends on it
    private static Thread thread(Runnable turn) {
        return Thread.ofPlatform()
                .name("lab")
                .daemon(true)
                .priority(Thread.MIN_PRIORITY)
                .unstarted(turn);
    }

    private static String id() {
        var bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
