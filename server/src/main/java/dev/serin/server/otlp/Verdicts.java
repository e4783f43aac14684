package dev.serin.server.otlp;

import dev.serin.server.evidence.Feedback;
import dev.serin.server.evidence.Label;
import dev.serin.server.evidence.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes labels of evaluations.
///
/// An evaluation says a word, a score, or both. A word that is known makes a verdict of good or bad, and
/// a score of 0 to 1 beside it is told too: which of them counts is the plan's to say. What a word means
/// depends on whoever chose it, so only words are read that mean the same everywhere.
final class Verdicts {

    private static final Set<String> BAD =
            Set.of(
                    "fail",
                    "failed",
                    "bad",
                    "incorrect",
                    "hallucinated",
                    "hallucination",
                    "unfaithful",
                    "ungrounded",
                    "unsafe",
                    "irrelevant",
                    "not_relevant",
                    "thumbs_down");

    private static final Set<String> GOOD =
            Set.of(
                    "pass",
                    "passed",
                    "good",
                    "correct",
                    "factual",
                    "faithful",
                    "grounded",
                    "safe",
                    "relevant",
                    "thumbs_up");

    private Verdicts() {}

    /// @param call the span in which it was said, and its own name; used where the event names no
    ///     answer
    /// @param index its place among all that was posted
    static Told of(Event event, @Nullable String call, int index, Instant now) {
        var said = event.attributes();
        var name = said.text("gen_ai.evaluation.name");
        if (name == null) {
            return new Told.Refused("gen_ai.evaluation.name: is missing; write the label's name");
        }
        var id = call(event, call);
        if (id == null) {
            return new Told.Refused(
                    "gen_ai.response.id: is missing; write the id of the answer that was judged");
        }
        var verdict = verdict(said);
        if (verdict == null) {
            return new Told.Refused(
                    "%s: says neither a score of 0 to 1 nor a label such as pass or fail, got %s"
                            .formatted(
                                    name,
                                    said.text(
                                            "gen_ai.evaluation.score.label",
                                            "gen_ai.evaluation.score.value")));
        }
        var at = event.at();
        var label =
                new Label(
                        labelName(name),
                        verdict,
                        blankIsNull(event.scope().name()),
                        blankIsNull(event.scope().version()),
                        at == null || at.isAfter(now) ? null : at,
                        verdict instanceof Verdict.Mark ? score(said) : null);
        return new Told.Judged(new Feedback(index, null, id, List.of(label), false));
    }

    private static @Nullable String call(Event event, @Nullable String call) {
        var answer = event.attributes().text("gen_ai.response.id");
        if (answer != null) {
            return Calls.cut(answer);
        }
        if (call != null) {
            return call;
        }
        return event.spanId().isEmpty() ? null : Calls.nameOf(event.traceId(), event.spanId());
    }

    private static @Nullable Verdict verdict(Attributes said) {
        if (said.text("error.type") != null) {
            return new Verdict.Failed();
        }
        var word = said.text("gen_ai.evaluation.score.label");
        var known = word == null ? "" : labelName(word);
        if (BAD.contains(known) || GOOD.contains(known)) {
            return new Verdict.Mark(BAD.contains(known));
        }
        return score(said);
    }

    private static Verdict.@Nullable Score score(Attributes said) {
        var score = said.number("gen_ai.evaluation.score.value");
        return score == null || score > 1 ? null : new Verdict.Score(score);
    }

    /// `Answer Quality` is the label `answer_quality`.
    private static String labelName(String name) {
        return Calls.cut(name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_"));
    }

    private static @Nullable String blankIsNull(String text) {
        return text.isBlank() ? null : Calls.cut(text);
    }
}
