package dev.serin.server.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// A copy of a call, for which nobody waits: its answer is thrown away, and what was seen of it is
/// kept.
final class Copy implements Asker {

    private final Desk desk;
    private final String route;
    private final Sighting sighting;
    private final @Nullable Hearing hearing;
    private final DoubleConsumer done;

    private @Nullable Attempt answered;
    private boolean streamed;
    private boolean over;

    /// @param hearing keeps its answer for the judge; null if nobody is to judge it
    /// @param done takes its cost in USD at its end; 0 if that is not known
    Copy(
            Desk desk,
            String route,
            Sighting sighting,
            @Nullable Hearing hearing,
            DoubleConsumer done) {
        this.desk = desk;
        this.route = route;
        this.sighting = sighting;
        this.hearing = hearing;
        this.done = done;
    }

    /// One that has no words for the question, and so is over.
    static Copy unasked(Desk desk, String route, Sighting sighting) {
        var copy = new Copy(desk, route, sighting, /* hearing= */ null, _ -> {});
        copy.over = true;
        return copy;
    }

    /// The baseline has answered the same question well: what the candidate refused was its to
    /// answer.
    void isAnswered(Attempt baseline) {
        if (over) {
            sighting.ended(baseline, null);
        } else {
            answered = baseline;
        }
    }

    @Override
    public void begins(Attempt from, HttpClientResponse head, long length) {
        streamed = String.valueOf(head.getHeader("content-type")).startsWith("text/event-stream");
    }

    @Override
    public void goesOn(Attempt from, Buffer bytes) {
        if (hearing != null) {
            hearing.goesOn(bytes);
        }
    }

    @Override
    public void answers(
            Attempt from, HttpClientResponse head, Buffer bytes, @Nullable Fault fault) {
        begins(from, head, bytes.length());
        goesOn(from, bytes);
        ends(from, fault);
    }

    @Override
    public void isLate(Attempt from, double limitMs) {
        sighting.late(from, limitMs);
    }

    @Override
    public void ends(Attempt from, @Nullable Fault fault) {
        end(from, fault, null);
    }

    @Override
    public void fails(Attempt from, Fault fault, @Nullable Reply reply) {
        end(from, fault, reply);
    }

    private void end(Attempt from, @Nullable Fault fault, @Nullable Reply reply) {
        if (over) {
            return;
        }
        over = true;
        desk.ended(route, from, fault, reply);
        sighting.ended(from, fault);
        if (hearing != null && fault == null) {
            hearing.ends(sighting.name(), streamed);
        }
        var cost = sighting.cost(from);
        done.accept(cost == null ? 0 : cost);
        if (answered != null) {
            sighting.ended(answered, null);
        }
    }
}
