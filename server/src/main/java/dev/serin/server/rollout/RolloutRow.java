package dev.serin.server.rollout;

import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Freeze;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Rollout;
import dev.serin.server.Locked;
import dev.serin.server.OneColumn;
import dev.serin.server.access.Scope;
import dev.serin.server.freeze.Frozen;
import dev.serin.server.judging.JudgeState;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.source.SourceState;
import dev.serin.server.words.Story;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// A rollout as the database holds it: the latest state. How it came there is in [JournalRow].
@Entity
@DynamicUpdate
@Table(name = "rollout")
@NullUnmarked // Hibernate fills the fields
class RolloutRow extends PanacheEntityBase {

    /// How often a rollout is looked at while it waits only for labels.
    private static final int LOOKS = 60;

    @Id UUID id;

    @Column(updatable = false)
    String route;

    /// Counts every change of state from 1. A person's command names the one it was made on.
    long version;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(updatable = false)
    PlanFile plan;

    @JdbcTypeCode(SqlTypes.JSON)
    Phase phase;

    @Column(name = "started_by", updatable = false)
    String startedBy;

    /// When the last entry was made.
    @Column(name = "last_at")
    Instant lastAt;

    @Column(name = "plan_source", updatable = false)
    String planSource;

    @Column(name = "plan_format", updatable = false)
    String planFormat;

    @Column(updatable = false)
    String team;

    @Column(name = "linked_to", updatable = false)
    UUID linkedTo;

    @Column(updatable = false)
    boolean simulated;

    /// What a replayed run was played from, in words; null where it was no replay.
    @Column(name = "replay_of", updatable = false)
    String replayOf;

    @Column(name = "started_at", updatable = false)
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(updatable = false)
    String[] tracks;

    /// The part of the calls that is chosen to be labelled; null where labels are not waited for.
    @Column(name = "label_share", updatable = false)
    Double labelShare;

    @Column(name = "label_deadline_ms", updatable = false)
    Long labelDeadlineMs;

    /// The part of the answers that a model reads; null where none does.
    @Column(name = "judge_share", updatable = false)
    Double judgeShare;

    /// What its models cost when it started; null where no price was known, and of simulated calls.
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(updatable = false)
    StartPrices prices;

    @Column(name = "key_salt", updatable = false)
    byte[] keySalt;

    @JdbcTypeCode(SqlTypes.JSON)
    Judgement judged;

    @Column(name = "evidence_id")
    String evidenceId;

    @Column(name = "judged_at")
    Instant judgedAt;

    /// How much had been stored when the evidence was last looked at.
    @Column(name = "pulse_seen")
    long pulseSeen;

    /// When evidence last came in.
    @Column(name = "stirred_at")
    Instant stirredAt;

    @Column(name = "due_at")
    Instant dueAt;

    /// The freeze that the last look found in force; null if none was.
    @JdbcTypeCode(SqlTypes.JSON)
    Freeze frozen;

    /// Why Serin itself could not judge it; null if nothing is wrong.
    String trouble;

    /// The row, locked until the transaction ends.
    static RolloutRow lock(UUID id) {
        return Locked.row(RolloutRow.class, id).orElseThrow(() -> new NoSuchRollout(id));
    }

    static RolloutRow load(UUID id) {
        return RolloutRow.<RolloutRow>findByIdOptional(id).orElseThrow(() -> new NoSuchRollout(id));
    }

    static Optional<UUID> activeOf(String route) {
        return find("select id from RolloutRow where route = ?1 and endedAt is null", route)
                .project(UUID.class)
                .firstResultOptional();
    }

    /// The newest rollout that put `model` on the route.
    static Optional<UUID> thatPromoted(String route, String model) {
        return OneColumn.of(
                        getEntityManager().unwrap(Session.class),
                        """
                        select id from rollout
                        where route = ?1 and plan #>> '{plan,candidate}' = ?2
                          and ended_at is not null and phase ->> 'is' = 'Complete'
                          and replay_of is null
                        order by ended_at desc limit 1\
                        """,
                        "id",
                        UUID.class)
                .setParameter(1, route)
                .setParameter(2, model)
                .uniqueResultOptional();
    }

    /// The newest that has ended on the route.
    static Optional<RolloutRow> lastEnded(String route) {
        return find(
                        "route = ?1 and endedAt is not null and replayOf is null"
                                + " order by endedAt desc, startedAt desc",
                        route)
                .page(0, 1)
                .firstResultOptional();
    }

    /// Whether it is a rollout of this route.
    static boolean isOf(String route, UUID id) {
        return count("id = ?1 and route = ?2", id, route) > 0;
    }

    /// What its source last said; null if its plan names none. Asked for only by those that have one.
    @Nullable SourceState source() {
        return plan.source() == null
                ? null
                : OneColumn.of(
                                getEntityManager().unwrap(Session.class),
                                "select state from source_poll where rollout = ?1",
                                "state",
                                String.class)
                        .setParameter(1, id)
                        .getResultStream()
                        .findFirst()
                        .map(SourceState::parse)
                        .orElse(null);
    }

    /// How the judge of its answers does; null if its plan names none. Asked for only by those that
    /// have one.
    @Nullable JudgeState judge() {
        var judge = plan.judge();
        return judge == null
                ? null
                : JudgeState.of(
                        judge,
                        getEntityManager()
                                .unwrap(Session.class)
                                .createNativeQuery(JudgeState.ROWS, Object[].class)
                                .setParameter(1, id)
                                .getResultList());
    }

    Plan enginePlan() {
        return plan.plan();
    }

    /// The team whose freezes hold for it.
    String freezeTeam() {
        return Scope.words(team);
    }

    /// The freeze that keeps it from its next step up; null if none does.
    @Nullable Freeze heldBy() {
        return frozen != null && rollout().raisesNext() ? frozen : null;
    }

    /// All that a page tells of it.
    Story story(List<Entry> journal, Instant now) {
        return new Story(rollout(), judged, journal, now, heldBy());
    }

    Rollout rollout() {
        return new Rollout(enginePlan(), startedBy, phase, lastAt);
    }

    void become(Rollout next) {
        phase = next.phase();
        lastAt = next.last();
        if (!next.isActive()) {
            endedAt = next.last();
        }
        version++;
    }

    /// Remembers what a look at the evidence found.
    ///
    /// @param pulse how much had been stored when it was gathered
    /// @return whether it found anything new
    boolean found(Judgement found, String name, long pulse, Instant now) {
        boolean stirred = pulse != pulseSeen;
        if (stirred) {
            stirredAt = now;
        }
        pulseSeen = pulse;
        judgedAt = now;
        trouble = null;
        // Where conditions rest their evidence keeps its name, though calls come, and those of the
        // baseline are judged.
        boolean isNew =
                stirred || !name.equals(evidenceId) || !found.baseline().equals(judged.baseline());
        if (isNew) {
            judged = found;
            evidenceId = name;
        }
        return isNew;
    }

    void waitsFor(Plan.@Nullable Labels labels) {
        if (labels != null) {
            labelShare = labels.share().fraction();
            labelDeadlineMs = labels.deadline().toMillis();
        }
    }

    void isJudgedBy(@Nullable RouteJudge judge) {
        if (judge != null) {
            judgeShare = judge.share().fraction();
        }
    }

    /// Remembers whether a freeze holds.
    ///
    /// @return whether that is new
    boolean freezes(Frozen found, Instant now) {
        var before = frozen;
        frozen = endedAt == null && found.freeze().holds(now) ? found.freeze() : null;
        return !Objects.equals(before, frozen);
    }

    /// The next moment at which a tick may have something to decide though nothing comes in.
    ///
    /// @param thaw when a freeze begins or ends next; null if none will
    void rest(Instant now, Duration ripening, Duration ripe, @Nullable Instant thaw) {
        var rollout = rollout();
        @Nullable Instant next = rollout.isActive() ? rollout.due(now).orElse(null) : null;
        if (rollout.isActive() && thaw != null && (next == null || thaw.isBefore(next))) {
            next = thaw;
        }
        boolean ripens = rollout.isActive() && now.isBefore(stirredAt.plus(ripe));
        var look = ripens ? now.plus(ripening) : labelsDue(rollout, now, ripening);
        dueAt = look != null && (next == null || look.isBefore(next)) ? look : next;
    }

    /// When to look again because labels were waited for until then: now and then while the last calls'
    /// labels may still come, and once when they are due.
    private @Nullable Instant labelsDue(Rollout rollout, Instant now, Duration ripening) {
        var labels = rollout.plan().labels();
        if (labels == null || !rollout.isActive()) {
            return null;
        }
        var last = stirredAt.plus(labels.deadline()).plus(StepEvidence.WIDTH).plus(ripening);
        if (!now.isBefore(last)) {
            return null;
        }
        var part = labels.deadline().dividedBy(LOOKS);
        var look = now.plus(part.compareTo(ripening) > 0 ? part : ripening);
        return look.isBefore(last) ? look : last;
    }

    /// The newest first.
    static List<RolloutRow> newest(String where, List<Object> values, int atMost) {
        return find(where + " order by startedAt desc, id desc", values.toArray())
                .page(0, atMost)
                .list();
    }
}
