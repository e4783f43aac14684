package dev.serin.server.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Decision;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Rollout;
import dev.serin.engine.rollout.Signal;
import dev.serin.web.chart.Ladder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The story of a rollout")
class StoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ERRORS = "error_rate >= 0.1";

    private final List<Entry> journal = new ArrayList<>();
    private Rollout rollout;
    private Instant now = NOON;

    @BeforeEach
    void started() {
        var begun = Rollout.start(plan(Condition.Consequence.ROLL_BACK), "ada", NOON);
        rollout = begun.next();
        journal.addAll(begun.entries());
    }

    @Test
    @DisplayName("tells the time that a step ran from the time that it stood still")
    void tellsWaitingApart() {
        after(10, new Signal.Pause("mira", "lunch"));
        after(100, new Signal.Resume("mira", ""));
        after(5, new Signal.Promote("mira", "", Set.of(ERRORS)));
        after(7, new Signal.Tick());

        assertThat(story().visits())
                .containsExactly(
                        new Story.Visit(0, NOON, NOON.plusSeconds(115), Duration.ofSeconds(100)),
                        new Story.Visit(
                                1, NOON.plusSeconds(115), NOON.plusSeconds(122), Duration.ZERO));
        assertThat(story().waited()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    @DisplayName("counts the time at a gate as waiting until somebody has said yes or no")
    void countsTheGate() {
        after(1, new Signal.Promote("mira", "", Set.of(ERRORS)));
        after(1, new Signal.Promote("mira", "", Set.of(ERRORS)));
        after(60, new Signal.Reject("ola", "not now"));

        assertThat(story().waited()).isEqualTo(Duration.ofSeconds(60));
        assertThat(story().ended()).isEqualTo(NOON.plusSeconds(62));
        assertThat(RolloutWords.endedBecause(story())).isEqualTo("rejected by ola");
        assertThat(Ladders.of(story()).rungs())
                .extracting(Ladder.Rung::gate)
                .containsExactly(Ladder.Gate.NONE, Ladder.Gate.REJECTED, Ladder.Gate.NONE);
    }

    @Test
    @DisplayName("offers in each phase what that phase takes, in words that say what will happen")
    void offersWhatFits() {
        assertThat(verbs()).containsExactly("promote", "pause", "rollback");
        assertThat(Actions.of(story()).getFirst().text()).isEqualTo("Go to 25 % now");
        assertThat(Actions.of(story()).getFirst().waivers())
                .extracting(waiver -> waiver.condition())
                .containsExactly(ERRORS);

        after(1, new Signal.Pause("mira", ""));
        assertThat(verbs()).containsExactly("resume", "promote", "rollback");

        after(1, new Signal.RollBack("mira", ""));
        assertThat(verbs()).isEmpty();
    }

    @Test
    @DisplayName("names in its title the state first")
    void namesTheStateFirst() {
        assertThat(RolloutWords.title(story())).isEqualTo("Observing: support-chat at 5 %");
        after(1, new Signal.Pause("mira", ""));
        assertThat(RolloutWords.title(story())).isEqualTo("Paused: support-chat at 5 %");
    }

    @Test
    @DisplayName("says of a step without anything to judge that nothing is judged in it")
    void claimsNothingMet() {
        rollout = Rollout.start(plan(Condition.Consequence.SHOW), "ada", NOON).next();
        assertThat(RolloutWords.now(story())).isEqualTo("nothing is judged, 1 min to go");

        after(60, new Signal.Tick());
        assertThat(JournalWords.sentence(rollout.plan(), journal.getLast()))
                .isEqualTo("Went from 5 % to 25 %.");

        after(60, new Signal.Tick());
        var gate = (Phase.AwaitingApproval) rollout.phase();
        assertThat(RolloutWords.sentence(story()))
                .isEqualTo("25 % is passed, nothing is judged in this step. Go to 100 %?");
        assertThat(Gates.of(story(), gate, StepEvidence.silent(1, NOON), List.of(), "").sentence())
                .isEqualTo("Nothing is judged in this step at 25 %.");
    }

    @Test
    @DisplayName("says who paused it before what they said: their words are not its own")
    void namesWhoPaused() {
        after(1, new Signal.Pause("mira", "all conditions are met"));
        assertThat(RolloutWords.sentence(story()))
                .isEqualTo("Mira paused it: all conditions are met.");
        assertThat(RolloutWords.now(story())).isEqualTo("paused by mira: all conditions are met");

        after(1, new Signal.Resume("mira", ""));
        after(1, new Signal.Pause("ola", ""));
        assertThat(RolloutWords.sentence(story())).isEqualTo("Ola paused it.");
        assertThat(RolloutWords.now(story())).isEqualTo("paused by ola");
    }

    @Test
    @DisplayName("asks in Serin's own words where nobody paused it")
    void asksInItsOwnWords() {
        after(25 * 3600, new Signal.Tick());
        assertThat(RolloutWords.sentence(story())).startsWith("The step's patience (24 h");
        assertThat(RolloutWords.now(story())).startsWith("paused: The step's patience (24 h");
    }

    @Test
    @DisplayName("says first that its source gives no data: nothing else moves until it does")
    void saysThatItsSourceIsSilent() {
        var silent = new Evidence(List.of(), "the source main gives no data: no connection to it");
        var story = new Story(rollout, rollout.judge(silent, now), journal, now);
        assertThat(RolloutWords.sentence(story))
                .isEqualTo(
                        "5 % of the calls go to the candidate."
                                + " The source main gives no data: no connection to it.");
        assertThat(RolloutWords.now(story))
                .isEqualTo("the source main gives no data: no connection to it");

        var first = new Step("baseline", Share.NONE, Duration.ofHours(1), null);
        var full = new Step("full", Share.ALL, Duration.ZERO, null);
        var plan = plan(Condition.Consequence.ROLL_BACK, List.of(first, full));
        var begun = Rollout.start(plan, "ada", NOON);
        var alone = new Story(begun.next(), begun.next().judge(silent, NOON), journal, NOON);
        assertThat(RolloutWords.sentence(alone))
                .startsWith("The baseline is measured alone first")
                .endsWith(" The source main gives no data: no connection to it.");
        assertThat(RolloutWords.now(alone))
                .isEqualTo("the source main gives no data: no connection to it");
    }

    @Test
    @DisplayName("tells of a step of copies how many there are, and that nobody gets their answers")
    void tellsOfCopies() {
        var shadow = new Step("shadow", Share.NONE, Duration.ofHours(1), null, Share.percent(20));
        var full = new Step("full", Share.ALL, Duration.ZERO, null);
        var plan = plan(Condition.Consequence.ROLL_BACK, List.of(shadow, full));
        var begun = Rollout.start(plan, "ada", NOON);
        rollout = begun.next();
        assertThat(RolloutWords.sentence(story()))
                .isEqualTo(
                        "Copies of 20 % of the calls go to the candidate, whose answers nobody gets."
                                + " Waiting for evidence on errors: no call has reported it.");
        assertThat(begun.entries())
                .extracting(entry -> JournalWords.sentence(rollout.plan(), entry))
                .contains("gpt-4 gets copies of 20 % of the calls; nobody gets its answers.");
    }

    private List<String> verbs() {
        return Actions.of(story()).stream().map(action -> action.verb()).toList();
    }

    private Story story() {
        return new Story(rollout, rollout.judge(Evidence.NONE, now), journal, now);
    }

    private void after(int seconds, Signal signal) {
        now = now.plusSeconds(seconds);
        if (rollout.decide(signal, Evidence.NONE, now) instanceof Decision.Moved moved) {
            rollout = moved.next();
            journal.addAll(moved.entries());
        }
    }

    private static Plan plan(Condition.Consequence then) {
        return plan(
                then,
                List.of(
                        new Step("5%", Share.percent(5), Duration.ofMinutes(1), null),
                        new Step("25%", Share.percent(25), Duration.ofMinutes(1), Gate.MANUAL),
                        new Step("full", Share.ALL, Duration.ZERO, null)));
    }

    private static Plan plan(Condition.Consequence then, List<Step> steps) {
        return new Plan(
                "support-chat",
                "gpt-3.5-turbo",
                "gpt-4",
                steps,
                List.of(
                        new Condition(
                                Metric.ERROR_RATE,
                                Condition.Side.AT_LEAST,
                                new Limit.Absolute(0.1),
                                then,
                                null)),
                List.of(),
                null,
                Plan.Rules.DEFAULT,
                null,
                Plan.Key.USER,
                Plan.Approvals.ONE);
    }
}
