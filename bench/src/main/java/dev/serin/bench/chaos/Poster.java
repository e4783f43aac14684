package dev.serin.bench.chaos;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A service that calls its models itself: posts what it saw, and what a judge said of it, each again
/// until it is acknowledged.
final class Poster {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final int BATCH = 10;
    private static final int FAILS_OFTEN = 50;
    private static final int FAILS_SELDOM = 1;

    private final Site site;
    private final Model model;
    private final Upgrades upgrades;
    private final String route;
    private final Random random;
    private final AtomicInteger factor;
    private final Thread thread;
    private volatile boolean leaving;
    private long number;

    /// @param factor how many times the usual number of calls is posted
    Poster(
            Site site,
            Model model,
            Upgrades upgrades,
            String route,
            long seed,
            AtomicInteger factor) {
        this.site = site;
        this.model = model;
        this.upgrades = upgrades;
        this.route = route;
        this.random = new Random(seed);
        this.factor = factor;
        this.thread = Thread.ofVirtual().name("poster " + route).start(this::post);
    }

    /// Ends after what it is at has been acknowledged.
    ///
    /// @return whether it has
    boolean end(Duration patience) throws InterruptedException {
        leaving = true;
        boolean ended = thread.join(patience);
        thread.interrupt();
        return ended;
    }

    private void post() {
        while (!leaving) {
            var run = upgrades.on(route);
            if (run.isPresent()) {
                var calls = calls(run.get());
                var stored = store(run.get().id(), calls);
                if (random.nextBoolean()) {
                    label(run.get().id(), stored);
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private List<Model.Call> calls(Upgrades.Run run) {
        var calls = new ArrayList<Model.Call>();
        for (int i = 0; i < BATCH * factor.get(); i++) {
            boolean candidate = random.nextBoolean();
            int fails = candidate && run.bad() ? FAILS_OFTEN : FAILS_SELDOM;
            calls.add(
                    new Model.Call(
                            "%s-%d".formatted(route, number++),
                            candidate,
                            random.nextInt(100) < fails));
        }
        return calls;
    }

    /// @return those that a server has acknowledged
    private List<Model.Call> store(UUID rollout, List<Model.Call> calls) {
        var body = new JsonArray();
        for (var call : calls) {
            body.add(
                    new JsonObject()
                            .put("id", call.id())
                            .put("arm", call.candidate() ? "candidate" : "baseline")
                            .put("error", call.bad()));
        }
        var path = "/api/v1/rollouts/%s/observations".formatted(rollout);
        var answer = insist(path, body.encode(), calls.getFirst().id());
        var stored = without(calls, answer);
        model.acknowledged(rollout, stored);
        return stored;
    }

    private void label(UUID rollout, List<Model.Call> calls) {
        if (calls.isEmpty()) {
            return;
        }
        var body = new JsonArray();
        for (var call : calls) {
            body.add(
                    new JsonObject()
                            .put("id", call.id())
                            .put("rollout", rollout.toString())
                            .put("labels", new JsonObject().put("hallucination", false)));
        }
        var answer = insist("/api/v1/feedback", body.encode(), "labels-" + calls.getFirst().id());
        if (answer.getInteger("waiting", 0) != 0) {
            model.odd("a label waits for a call that was acknowledged: " + answer.encode());
        }
        model.labelled(
                rollout,
                answer.getInteger("accepted", 0)
                        - answer.getJsonArray("uncounted", new JsonArray()).size());
    }

    private static List<Model.Call> without(List<Model.Call> calls, JsonObject answer) {
        var refused = new HashSet<Integer>();
        for (var one : answer.getJsonArray("refused", new JsonArray())) {
            refused.add(((JsonObject) one).getInteger("index"));
        }
        var stored = new ArrayList<Model.Call>();
        for (int i = 0; i < calls.size(); i++) {
            if (!refused.contains(i)) {
                stored.add(calls.get(i));
            }
        }
        return stored;
    }

    /// Asks any server, until one has answered; nothing was stored where the answer is empty.
    private JsonObject insist(String path, String body, String key) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var answer =
                        site.any().post(path, "application/json", body, "Idempotency-Key", key);
                if (answer.statusCode() == 200) {
                    return new JsonObject(answer.body());
                }
                complain(path, answer);
            } catch (IOException _) {
                // Whether it was stored, nobody knows: the same again under the same key.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
            model.retried();
            LockSupport.parkNanos(AGAIN.toNanos());
        }
        return new JsonObject().put("refused", all(body));
    }

    private static JsonArray all(String body) {
        var all = new JsonArray();
        for (int i = 0; i < new JsonArray(body).size(); i++) {
            all.add(new JsonObject().put("index", i));
        }
        return all;
    }

    private void complain(String path, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 == 4 && answer.statusCode() != 429) {
            model.odd("%s was answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
    }
}
