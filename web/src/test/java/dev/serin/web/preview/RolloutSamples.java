package dev.serin.web.preview;

import dev.serin.web.chart.Ladder;
import dev.serin.web.chart.Ladder.End;
import dev.serin.web.chart.Ladder.Gate;
import dev.serin.web.rollout.Action;
import dev.serin.web.rollout.Action.Ask;
import dev.serin.web.rollout.Action.Waiver;
import dev.serin.web.rollout.BadCallsView;
import dev.serin.web.rollout.BadList;
import dev.serin.web.rollout.ConditionView;
import dev.serin.web.rollout.CourseView;
import dev.serin.web.rollout.ExposureView;
import dev.serin.web.rollout.Fact;
import dev.serin.web.rollout.FirstCall;
import dev.serin.web.rollout.FrozenView;
import dev.serin.web.rollout.GateView;
import dev.serin.web.rollout.GateView.Change;
import dev.serin.web.rollout.GateView.Sense;
import dev.serin.web.rollout.Note;
import dev.serin.web.rollout.PlanText;
import dev.serin.web.rollout.Restore;
import dev.serin.web.rollout.RolloutView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rollouts in the states that matter.
final class RolloutSamples {

    static final Instant NOW = Instant.parse("2026-11-24T14:30:00Z");
    static final String LONG_NAME =
            "قناة-الدعم <b>bold</b> 🐤 " + "a-very-long-name-that-does-not-end-".repeat(8);

    private static final String PLAN =
            """
            route: support-chat
            baseline: openai/gpt-3.5-turbo
            candidate: openai/gpt-4
            steps:
              - { name: baseline,   share: 0%,  duration: 10m }
              - { name: 5% canary,  share: 5%,  duration: 30m }
              - { name: 25% ramp,   share: 25%, duration: 30m }
              - { name: 50% ramp,   share: 50%, duration: 30m, gate: manual }
              - { name: full,       share: 100% }
            rollback:
              - error_rate >= 10%
              - hallucination_rate >= 8%
              - p95_latency_ms >= 5000
              - avg_cost_usd >= 0.10
            errorBudget: 5%
            """;

    private static final String KEPT =
            "Single calls are kept for 30 d after the last rollout of their day has ended; what they add up to is kept longer.";

    private RolloutSamples() {}

    static BadCallsView calls() {
        return new BadCallsView(
                "r-1",
                "support-chat",
                "openai/gpt-3.5-turbo",
                "openai/gpt-4",
                "Bad calls of the candidate",
                "265 of 1,204 calls counted as bad.",
                List.of(
                        new BadCallsView.Choice("candidate", "?arm=candidate", true),
                        new BadCallsView.Choice("baseline", "?arm=baseline", false)),
                List.of(
                        new BadCallsView.Choice("failed or labelled bad", "?arm=candidate", true),
                        new BadCallsView.Choice(
                                "p95_latency_ms >= 5 s", "?arm=candidate&condition=3", false)),
                PartSamples.badCalls(),
                "?arm=candidate&before=2026-11-29T20%3A00%3A00Z%2Ccall-5",
                "?arm=candidate",
                KEPT);
    }

    static BadCallsView noCalls() {
        return new BadCallsView(
                "r-1",
                "support-chat",
                "openai/gpt-3.5-turbo",
                "openai/gpt-4",
                "Bad calls of the baseline",
                "0 of 1,187 calls counted as bad.",
                List.of(
                        new BadCallsView.Choice("candidate", "?arm=candidate", false),
                        new BadCallsView.Choice("baseline", "?arm=baseline", true)),
                List.of(new BadCallsView.Choice("failed or labelled bad", "?arm=baseline", true)),
                List.of(),
                null,
                null,
                KEPT);
    }

    static RolloutView observing() {
        return new Sample()
                .says(
                        "Observing support-chat at 25 %",
                        Tone.MOVING,
                        "Observing",
                        "25 % of the calls go to gpt-4. Three conditions are met; hallucinations need about 32"
                                + " more labels.")
                .ladder(PartSamples.ladder(2, Gate.SHUT, null))
                .findings(Tone.MET, Tone.UNSURE, Tone.MET, Tone.MET)
                .actions(
                        new Action(
                                "promote",
                                "Go to 50 % now",
                                new Ask(
                                        "Go to 50 % now?",
                                        "gpt-4 gets 50 % of the calls instead of 25 %, before this step is over."),
                                List.of(
                                        new Waiver(
                                                2,
                                                "hallucination_rate >= 0.08",
                                                "Hallucinations: 61 of about 93 labels"))),
                        Action.press("pause", "Pause at 25 %"),
                        Action.press("rollback", "Roll back to gpt-3.5-turbo"))
                .build();
    }

    static RolloutView gate() {
        return new Sample()
                .says(
                        "Waiting: support-chat at 50 %",
                        Tone.WAITING,
                        "Waiting for you",
                        "50 % passed: all 4 conditions are met. Go to 100 %?")
                .ladder(PartSamples.ladder(3, Gate.ASKING, null))
                .findings(Tone.MET, Tone.MET, Tone.MET, Tone.MET)
                .actions(
                        Action.press("pause", "Pause at 50 %"),
                        Action.press("rollback", "Roll back to gpt-3.5-turbo"))
                .gate(gatePanel())
                .build();
    }

    static RolloutView frozenGate() {
        var gate = gatePanel();
        var approve = Objects.requireNonNull(gate.approve()).freeze();
        return new Sample()
                .says(
                        "Waiting: support-chat at 50 %",
                        Tone.WAITING,
                        "Waiting for you",
                        "50 % passed: all 4 conditions are met. Go to 100 %? It waits until Monday 30 Nov 09:00"
                                + " UTC: frozen by noor: release week.")
                .ladder(PartSamples.ladder(3, Gate.ASKING, null))
                .findings(Tone.MET, Tone.MET, Tone.MET, Tone.MET)
                .actions(
                        Action.press("pause", "Pause at 50 %"),
                        Action.press("rollback", "Roll back to gpt-3.5-turbo"))
                .gate(gate.with(approve, gate.reject()))
                .frozen()
                .build();
    }

    static RolloutView frozen() {
        return new Sample()
                .says(
                        "Waiting: support-chat at 0 %",
                        Tone.QUIET,
                        "Waiting",
                        "It waits until Monday 30 Nov 09:00 UTC: frozen by noor: <b>. Then it begins with 5 %.")
                .actions(
                        Action.press("promote", "Go to 5 % now").freeze(),
                        Action.press("rollback", "Stop and keep gpt-3.5-turbo"))
                .nothingKnown()
                .frozen()
                .build();
    }

    /// The same for who started it, where the plan asks for another.
    static RolloutView barred() {
        return new Sample()
                .says(
                        "Waiting: support-chat at 50 %",
                        Tone.WAITING,
                        "Waiting for you",
                        "50 % passed: all 4 conditions are met. Go to 100 %?")
                .ladder(PartSamples.ladder(3, Gate.ASKING, null))
                .findings(Tone.MET, Tone.MET, Tone.MET, Tone.MET)
                .gate(gatePanel().barred())
                .watching(
                        "You started this rollout, and its plan asks for another approver. You may"
                                + " still reject.")
                .build();
    }

    static RolloutView alreadyApproved() {
        return new Sample()
                .says(
                        "Promoted: support-chat to gpt-4",
                        Tone.MET,
                        "Promoted",
                        "support-chat runs on gpt-4, 2 h 14 min after it began, 40 min of them waiting for people.")
                .note(
                        new Note(
                                Tone.QUIET,
                                "Already approved by Mira Okafor, 2 min ago. Your press changed nothing.",
                                "Looked at ten answers <b>bold"))
                .ladder(PartSamples.ladder(4, Gate.APPROVED, new End(true, "")))
                .findings(Tone.MET, Tone.MET, Tone.MET, Tone.MET)
                .restore(
                        new Restore(
                                "r-42",
                                "/routes/support-chat/restore",
                                "Put gpt-3.5-turbo back",
                                "Starts a new rollout that gives all calls to gpt-3.5-turbo at once."))
                .ended()
                .build();
    }

    static RolloutView rolledBack() {
        return new Sample()
                .says(
                        "Rolled back: support-chat",
                        Tone.BREACHED,
                        "Rolled back",
                        "gpt-4 was too slow: p95 latency 7.3 s where 5 s is the limit. All calls went back to"
                                + " gpt-3.5-turbo at 14:12, 38 s after the first slow call.")
                .ladder(PartSamples.ladder(1, Gate.SHUT, new End(false, "p95 7.3 s, limit 5 s")))
                .findings(Tone.MET, Tone.UNSURE, Tone.BREACHED, Tone.MET)
                .ended()
                .build();
    }

    static RolloutView paused() {
        return new Sample()
                .says(
                        "Paused: support-chat at 5 %",
                        Tone.PAUSED,
                        "Paused",
                        "No labels have come for 24 h, so nobody can say whether gpt-4 hallucinates. A person must"
                                + " decide.")
                .ladder(PartSamples.ladder(1, Gate.SHUT, null))
                .findings(Tone.MET, Tone.UNSURE, Tone.MET, Tone.UNSURE)
                .actions(
                        new Action(
                                "resume",
                                "Go on at 5 %",
                                new Ask(
                                        "Go on at 5 %?",
                                        "gpt-4 keeps 5 % of the calls and is given another 24 h."),
                                List.of()),
                        Action.press("rollback", "Roll back to gpt-3.5-turbo"))
                .asksName()
                .build();
    }

    static RolloutView beginning() {
        return new Sample()
                .says(
                        "Measuring the baseline: support-chat",
                        Tone.MOVING,
                        "Observing",
                        "gpt-3.5-turbo alone is being measured; gpt-4 gets nothing yet.")
                .ladder(PartSamples.ladder(0, Gate.SHUT, null))
                .nothingKnown()
                .build();
    }

    static RolloutView longNames() {
        return new Sample()
                .named(LONG_NAME, LONG_NAME, "<script>alert(1)</script> 模型-四")
                .says(
                        "Waiting: " + LONG_NAME,
                        Tone.WAITING,
                        "Waiting for you",
                        LONG_NAME + " waits. Go to 100 %?")
                .ladder(PartSamples.ladder(3, Gate.ASKING, null))
                .findings(Tone.MET, Tone.MET, Tone.MET, Tone.MET)
                .gate(gatePanel())
                .build();
    }

    private static GateView gatePanel() {
        var findings =
                List.of(
                        PartSamples.finding(0, Tone.MET),
                        PartSamples.finding(1, Tone.MET),
                        PartSamples.finding(2, Tone.MET),
                        PartSamples.finding(3, Tone.MET));
        return new GateView(
                "50% ramp",
                "Go to 100 %?",
                "All 4 conditions are met after 1,204 calls at 50 %.",
                List.of(
                        new Change(
                                "Hallucinations",
                                "6.1 %",
                                "2.0 %",
                                Sense.GAIN,
                                "−4.1 points (−6.0 to −2.2), 409 and 412 calls"),
                        new Change(
                                "p95 latency",
                                "0.5 s",
                                "1.2 s",
                                Sense.PRICE,
                                "+0.7 s (+0.5 to +0.9), 1,190 and 1,204 calls"),
                        new Change(
                                "Errors",
                                "1.7 %",
                                "1.9 %",
                                Sense.EVEN,
                                "+0.2 points (−0.9 to +1.3), 1,190 and 1,204 calls")),
                "At 100 % about $4,800 a day more at today’s traffic.",
                findings.get(1),
                findings,
                List.of(
                        "398 people made 1,204 calls to gpt-4; 31 of them were bad.",
                        "They cost $36."),
                "Anyone but ada, who started it, may approve. One approval is needed.",
                "Look at the refund answers before you approve.",
                "e-1",
                Times.seen(NOW.minus(Duration.ofMinutes(40)), NOW),
                "It closes in 3 h 20 min, and gpt-4 then stays at 50 %.",
                new Action(
                        "approve",
                        "Approve: go to 100 %",
                        new Ask(
                                "Go to 100 %?",
                                "gpt-4 gets all calls of support-chat instead of 50 %."),
                        List.of()),
                Action.press("reject", "Reject: back to gpt-3.5-turbo"),
                List.of("Too slow", "Too dear", "Answers are worse"));
    }

    /// Puts a view together.
    private static final class Sample {
        private String route = "support-chat";
        private String baseline = "openai/gpt-3.5-turbo";
        private String candidate = "openai/gpt-4";
        private String title = "";
        private Tone tone = Tone.QUIET;
        private String state = "";
        private String sentence = "";
        private boolean live = true;
        private boolean asksName;
        private @Nullable Note note;
        private Ladder ladder = PartSamples.ladder(0, Gate.NONE, null);
        private List<Action> actions = List.of();
        private @Nullable GateView gate;
        private List<ConditionView> conditions = List.of();
        private List<CourseView> courses =
                List.of(
                        PartSamples.course(0),
                        PartSamples.course(1),
                        PartSamples.course(2),
                        PartSamples.course(3));
        private @Nullable Restore restore;
        private @Nullable FrozenView frozen;
        private @Nullable String watching;

        Sample named(String newRoute, String newBaseline, String newCandidate) {
            route = newRoute;
            baseline = newBaseline;
            candidate = newCandidate;
            return this;
        }

        Sample says(String newTitle, Tone newTone, String newState, String newSentence) {
            title = newTitle;
            tone = newTone;
            state = newState;
            sentence = newSentence;
            return this;
        }

        Sample ladder(Ladder newLadder) {
            ladder = newLadder;
            return this;
        }

        Sample findings(Tone... tones) {
            var made = new ArrayList<ConditionView>();
            for (int i = 0; i < tones.length; i++) {
                made.add(PartSamples.condition(i, tones[i]));
            }
            conditions = made;
            return this;
        }

        Sample actions(Action... newActions) {
            actions = List.of(newActions);
            return this;
        }

        Sample gate(GateView newGate) {
            gate = newGate;
            return this;
        }

        Sample note(Note newNote) {
            note = newNote;
            return this;
        }

        Sample restore(Restore newRestore) {
            restore = newRestore;
            return this;
        }

        Sample ended() {
            live = false;
            return this;
        }

        Sample frozen() {
            frozen =
                    new FrozenView(
                            new When(
                                    NOW.plus(Duration.ofDays(2)),
                                    "in 2 d",
                                    "Monday 30 Nov 09:00 UTC"),
                            "frozen by noor: <b>");
            return this;
        }

        Sample asksName() {
            asksName = true;
            return this;
        }

        Sample watching(String why) {
            watching = why;
            return this;
        }

        Sample nothingKnown() {
            courses = List.of();
            return this;
        }

        RolloutView build() {
            boolean known = !courses.isEmpty();
            return new RolloutView(
                    "r-42",
                    route,
                    baseline,
                    candidate,
                    title,
                    tone,
                    state,
                    sentence,
                    7,
                    live,
                    true,
                    asksName,
                    note,
                    ladder,
                    List.of(
                            new Fact("Step", "50% ramp", "4 of 5"),
                            new Fact("Share", "50 %", ""),
                            new Fact(
                                    "Calls",
                                    known ? Numbers.count(1204) : "none yet",
                                    known ? "of the candidate" : ""),
                            new Fact("Started", "2 h 14 min ago", "by ada"),
                            new Fact("Next", "waits for a person", "")),
                    actions,
                    gate,
                    conditions,
                    courses,
                    known
                            ? null
                            : new FirstCall(
                                    "Its calls are reported by whoever makes them:",
                                    "/api/v1/rollouts/r-42/observations",
                                    "[{\"arm\": \"candidate\", \"error\": false}]"),
                    new ExposureView(
                            known
                                    ? "398 people met gpt-4; 31 of 1,204 calls were bad, 23 of them errors."
                                    : "Nobody has met gpt-4 yet.",
                            List.of(
                                    new Fact("Calls", known ? "1,204" : "0", "of 2,394"),
                                    new Fact("People", known ? "398" : "0", ""),
                                    new Fact("Money", known ? "$36" : "$0", "of $20 a day before"),
                                    new Fact(
                                            "Bad answers",
                                            known ? "31" : "0",
                                            known ? "of 50 allowed" : "")),
                            known ? PartSamples.badCalls() : List.of(),
                            known
                                    ? new BadList(
                                            "All bad calls of the candidate", "?arm=candidate")
                                    : null),
                    known ? PartSamples.objectives() : List.of(),
                    known ? PartSamples.journal() : PartSamples.journal().subList(5, 6),
                    "",
                    known ? "?before=1" : null,
                    new PlanText(
                            PLAN,
                            List.of(
                                    "minCalls: 50",
                                    "patience: 24 h or 20,000 calls",
                                    "confidence: 95 %",
                                    "key: user")),
                    restore,
                    frozen,
                    watching,
                    "search");
        }
    }
}
