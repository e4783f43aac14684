package dev.serin.server.gateway;

import dev.serin.engine.traffic.LabelChoice;
import dev.serin.server.judging.AnswerJudges;
import dev.serin.server.judging.ChosenCall;
import dev.serin.server.judging.Sample;
import dev.serin.server.judging.Wire;
import dev.serin.server.planfile.RouteJudge;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Keeps one answer in memory, as its client reads it, until it is known whether it is to be judged.
final class Hearing {

    private final AnswerJudges judges;
    private final UUID rollout;
    private final RouteJudge judge;
    private final Wire wire;
    private final Question asked;

    private Buffer answer = Buffer.buffer();
    private boolean tooLong;

    Hearing(AnswerJudges judges, UUID rollout, RouteJudge judge, Wire wire, Question asked) {
        this.judges = judges;
        this.rollout = rollout;
        this.judge = judge;
        this.wire = wire;
        this.asked = asked;
        this.tooLong = isTooLong(asked.body());
    }

    void goesOn(Buffer bytes) {
        if (tooLong || answer.length() + bytes.length() > Sample.MOST_BYTES) {
            tooLong = true;
            answer = Buffer.buffer();
        } else {
            answer.appendBuffer(bytes);
        }
    }

    /// The answer is whole and good.
    ///
    /// @param name under which its call is known; null if it is no evidence
    /// @param streamed whether it came as events
    void ends(@Nullable String name, boolean streamed) {
        if (name == null || !new LabelChoice(rollout.toString(), judge.share()).isChosen(name)) {
            return;
        }
        var call = new ChosenCall(rollout, judge, name);
        if (tooLong) {
            judges.tooLong(call, isTooLong(asked.body()) ? "question" : "answer");
        } else {
            judges.judge(new Sample(call, wire, asked.body(), answer, streamed));
        }
    }

    private static boolean isTooLong(Buffer body) {
        return body.length() > Sample.MOST_BYTES;
    }
}
