package dev.serin.server.rollout;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Rollout;
import dev.serin.engine.rollout.Signal;
import dev.serin.server.SerinConfig;
import dev.serin.server.access.Scope;
import dev.serin.server.audit.Deed;
import dev.serin.server.evidence.Gathered;
import dev.serin.server.evidence.Gathering;
import dev.serin.server.freeze.Freezes;
import dev.serin.server.freeze.Frozen;
import dev.serin.server.provider.Prices;
import dev.serin.server.source.Polls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// The one door through which a rollout changes.
@ApplicationScoped
public class Rollouts {

    private static final int SALT_BYTES = 16;

    /// For so long one who asks again to go back means what has been done.
    private static final Duration REPEATS = Duration.ofMinutes(1);

    private final Gathering evidence;
    private final InstantSource clock;
    private final SerinConfig config;
    private final Written written;
    private final Polls polls;
    private final Audited audited;
    private final Freezes freezes;
    private final Prices prices;
    private final SecureRandom random = new SecureRandom();

    Rollouts(
            Gathering evidence,
            InstantSource clock,
            SerinConfig config,
            Written written,
            Polls polls,
            Audited audited,
            Freezes freezes,
            Prices prices) {
        this.evidence = evidence;
        this.clock = clock;
        this.config = config;
        this.written = written;
        this.polls = polls;
        this.audited = audited;
        this.freezes = freezes;
        this.prices = prices;
    }

    /// Starts what the plan describes, if nothing else is under way on its route. Under a freeze it waits
    /// before a first step that gives the candidate calls.
    @Transactional
    public Begun start(Start start) {
        freezes.keep();
        var plan = start.plan().plan();
        var now = clock.instant();
        var refusal = refusal(start);
        if (refusal.isPresent()) {
            return refused(start, refusal.get(), now);
        }
        var route = RouteRow.lockOrMake(plan.route(), plan.baseline(), start.team(), now);
        // Another may have made it meanwhile, and for another team.
        var late = TeamCheck.refusal(start, new RouteRow.Owner(route.team));
        if (late.isPresent()) {
            return refused(start, late.get(), now);
        }
        var active = RolloutRow.activeOf(plan.route());
        if (active.isPresent()) {
            refused(start, "another rollout is under way on the route", route, now);
            return new Begun.RouteBusy(active.get());
        }
        var model = route.model;
        if (!model.equals(plan.baseline())) {
            refused(start, "the plan's baseline is not the route's model", route, now);
            return new Begun.OtherBaseline(model);
        }
        var row = begin(start, route, freezes.of(Scope.words(route.team), now), now);
        audited.began("start", row, start.by(), "", model, now);
        return new Begun.Started(row.id);
    }

    /// Lets `command` take effect, or says why not. State and journal change together.
    ///
    /// @throws NoSuchRollout if there is none with this id
    @Transactional
    public Reply handle(Command command) {
        freezes.keep();
        var row = RolloutRow.lock(command.rollout());
        var before = Audited.state(row);
        var now = clock.instant();
        if (command.isOutdated(row.version)) {
            var since = since(row);
            audited.signal(row, command.signal(), before, "looked at an old page: " + since, now);
            return new Reply.Outdated(row.version, since);
        }
        var rollout = row.rollout();
        var gathered = gather(row, now);
        var frozen = freezes.of(row.freezeTeam(), now);
        var decision = rollout.decide(command.signal(), gathered.evidence(), now, frozen.freeze());
        written.decided(command.signal(), decision);
        var reply =
                switch (decision) {
                    case Moved moved -> {
                        move(row, moved, gathered, frozen, now);
                        yield new Reply.Accepted(row.version);
                    }
                    case Stays _ -> {
                        var judged = rollout.judge(gathered.evidence(), now);
                        look(row, judged, gathered.pulse(), frozen, now);
                        yield new Reply.Accepted(row.version);
                    }
                    case Refused(String why) -> new Reply.Refused(why);
                };
        var refused = reply instanceof Reply.Refused(String why) ? why : null;
        audited.signal(row, command.signal(), before, refused, now);
        return reply;
    }

    /// Puts the model before back on the route, or stops what is under way on it: a way back, which no
    /// freeze holds up. Taking a way back back once more raises a share, and waits like all that does.
    ///
    /// @throws NoSuchRollout if what is to be undone is no rollout of the route
    @Transactional
    public Way restore(Undo undo) {
        freezes.keep();
        var route = undo.route();
        var seen = undo.rollout();
        if (seen.isPresent() && !RolloutRow.isOf(route, seen.get())) {
            throw new NoSuchRollout(seen.get());
        }
        // The rollout before the route, as every decision does, so that none waits for the other.
        var active = RolloutRow.activeOf(route).map(RolloutRow::lock);
        if (active.isPresent() && !(active.get().phase instanceof Phase.Complete)) {
            return stop(active.get(), undo);
        }
        var found = RouteRow.locked(route);
        if (found.isEmpty()) {
            return new Way.NoSuchRoute();
        }
        var justBegun = RolloutRow.activeOf(route);
        if (justBegun.isPresent()) {
            return stop(RolloutRow.lock(justBegun.get()), undo);
        }
        return putBack(found.get(), undo);
    }

    private Way putBack(RouteRow route, Undo undo) {
        var now = clock.instant();
        var model = route.model;
        var about = new Deed.About(route.name, null, route.team);
        var promoted = RolloutRow.thatPromoted(route.name, model);
        if (undo.isOutdated(promoted)) {
            var seen = undo.rollout().orElseThrow();
            var since = since(RolloutRow.load(seen), promoted.map(RolloutRow::load));
            notBack(undo, about, "looked at an old page: " + since, model, now);
            return new Way.Outdated(seen, since);
        }
        var repeated = undo.rollout().isPresent() ? Optional.<Way>empty() : repeated(route, now);
        if (repeated.isPresent()) {
            notBack(undo, about, "the route had gone back just before", model, now);
            return repeated.get();
        }
        if (promoted.isEmpty()) {
            notBack(undo, about, "the route never had another model", model, now);
            return new Way.NoModelBefore();
        }
        var last = RolloutRow.load(promoted.get());
        var freeze = freezes.of(last.freezeTeam(), now).freeze();
        if (last.linkedTo != null && freeze.holds(now)) {
            notBack(undo, about, freeze.sentence(), model, now);
            return new Way.Frozen(freeze.sentence() + "; do it again when that is over");
        }
        var row = begin(WayBack.from(last, undo.by(), undo.why()), route, Frozen.NEVER, now);
        audited.began("restore", row, undo.by(), undo.why(), model, now);
        return new Way.Back(row.id);
    }

    private void notBack(Undo undo, Deed.About about, String why, String model, Instant now) {
        audited.beganNot("restore", about, undo.by(), undo.why(), why, model, now);
    }

    /// What has just gone back on the route. Who asks again so soon, without a word on what they saw,
    /// asks for the same: done once more it would put on the route what was just taken off it, or a
    /// model from before the one that is back.
    private static Optional<Way> repeated(RouteRow route, Instant now) {
        return RolloutRow.lastEnded(route.name)
                .filter(row -> now.isBefore(row.endedAt.plus(REPEATS)))
                .flatMap(row ->
                        switch (row.phase) {
                            case Phase.RolledBack _ -> Optional.of(new Way.Stopped(row.id));
                            case Phase.Complete _ when row.linkedTo != null ->
                                    Optional.of(new Way.Back(row.id));
                            case Phase.Complete _,
                                    Phase.Waiting _,
                                    Phase.Observing _,
                                    Phase.AwaitingApproval _,
                                    Phase.Paused _ ->
                                    Optional.empty();
                        });
    }

    /// Rolls it back, unless somebody else has by now, or it is another than the one that was seen.
    private Way stop(RolloutRow row, Undo undo) {
        var before = Audited.state(row);
        var signal = new Signal.RollBack(undo.by(), undo.why());
        var now = clock.instant();
        var current = row.endedAt == null ? Optional.of(row.id) : Optional.<UUID>empty();
        if (undo.isOutdated(current)) {
            var seen = RolloutRow.load(undo.rollout().orElseThrow());
            var since = since(seen, Optional.of(row));
            audited.signal(row, signal, before, "looked at an old page: " + since, now);
            return new Way.Outdated(seen.id, since);
        }
        var gathered = gather(row, now);
        var decision = row.rollout().decide(signal, gathered.evidence(), now);
        written.decided(signal, decision);
        if (decision instanceof Moved moved) {
            move(row, moved, gathered, Frozen.NEVER, now);
        }
        audited.signal(row, signal, before, null, now);
        return new Way.Stopped(row.id);
    }

    /// Why a plan may not start, as far as teams go; empty where nothing is in the way.
    @Transactional
    public Optional<Begun.OfOtherTeam> refusal(Start start) {
        return TeamCheck.refusal(start, RouteRow.owner(start.plan().plan().route()).orElse(null));
    }

    private Begun refused(Start start, Begun.OfOtherTeam refusal, Instant now) {
        var plan = start.plan().plan();
        var route = RouteRow.named(plan.route());
        var about =
                new Deed.About(plan.route(), null, route.map(row -> row.team).orElse(start.team()));
        var model = route.map(row -> row.model).orElse(plan.baseline());
        audited.beganNot("start", about, start.by(), "", refusal.why(), model, now);
        return refusal;
    }

    private void refused(Start start, String why, RouteRow route, Instant now) {
        var about = new Deed.About(route.name, null, route.team);
        audited.beganNot("start", about, start.by(), "", why, route.model, now);
    }

    /// Judges a rollout if it is still due and nobody else is at it.
    ///
    /// @return whether it was judged
    @Transactional
    public boolean tick(UUID rollout) {
        freezes.keep();
        if (!Due.claim(rollout, clock.instant())) {
            return false;
        }
        handle(Command.tick(rollout));
        return true;
    }

    private RolloutRow begin(Start start, RouteRow route, Frozen frozen, Instant now) {
        var plan = start.plan().plan();
        var moved = Rollout.start(plan, start.by(), now, frozen.freeze());
        var row = new RolloutRow();
        row.id = UUID.randomUUID();
        row.route = route.name;
        row.plan = start.plan();
        row.planSource = start.source();
        row.planFormat = start.format().key();
        row.team = route.team;
        row.startedBy = start.by();
        row.startedAt = now;
        row.stirredAt = now;
        row.simulated = start.simulated();
        row.linkedTo = start.linkedTo();
        row.tracks = tracks(plan);
        row.waitsFor(plan.labels());
        row.isJudgedBy(start.plan().judge());
        row.prices = row.simulated ? null : StartPrices.of(plan, prices);
        row.keySalt = new byte[SALT_BYTES];
        random.nextBytes(row.keySalt);
        row.evidenceId = "";
        row.phase = moved.next().phase();
        row.lastAt = now;
        var judged = moved.next().judge(Evidence.NONE, now);
        row.found(judged, written.name(judged, 1), 0, now);
        row.become(moved.next());
        rest(row, frozen, now);
        row.persist();
        serve(row, route, now);
        written.entries(row, moved);
        if (!row.simulated) {
            polls.begin(row.id, row.plan, now);
        }
        return row;
    }

    private void move(RolloutRow row, Moved moved, Gathered gathered, Frozen frozen, Instant now) {
        var before = row.rollout();
        row.become(moved.next());
        // What ended a rollout is what was found in the step that ended.
        var at = moved.next().isActive() ? moved.next() : before;
        look(row, at.judge(gathered.evidence(), now), gathered.pulse(), frozen, now);
        if (row.phase instanceof Phase.Complete) {
            serve(
                    row,
                    RouteRow.lockOrMake(row.route, row.enginePlan().candidate(), row.team, now),
                    now);
        }
        written.entries(row, moved);
    }

    private static void serve(RolloutRow row, RouteRow route, Instant now) {
        if (row.phase instanceof Phase.Complete) {
            route.serve(row.enginePlan().candidate(), now);
        }
    }

    private void look(RolloutRow row, Judgement judged, long pulse, Frozen frozen, Instant now) {
        boolean isNew = row.found(judged, written.name(judged, row.version), pulse, now);
        if (rest(row, frozen, now) || isNew) {
            written.changed(row.id);
        }
    }

    /// Says when to look again.
    ///
    /// @return whether a freeze has begun or ended since the last look
    private boolean rest(RolloutRow row, Frozen frozen, Instant now) {
        row.rest(now, config.tick().ripening(), config.tick().ripe(), frozen.next());
        return row.freezes(frozen, now);
    }

    private Gathered gather(RolloutRow row, Instant now) {
        return row.endedAt == null ? evidence.of(row.id, now) : Gathered.NOTHING;
    }

    private static String since(RolloutRow row) {
        return JournalRow.cause(row.id, row.version)
                .map(cause -> "already " + Told.what(cause.entry))
                .orElse("it has changed");
    }

    /// What became of a rollout that was looked at.
    ///
    /// @param current what stands on its route now; empty if nothing does
    private static String since(RolloutRow seen, Optional<RolloutRow> current) {
        if (seen.phase instanceof Phase.RolledBack || current.isEmpty()) {
            return since(seen);
        }
        var next = current.get();
        return "%s by %s at %s"
                .formatted(
                        seen.id.equals(next.linkedTo)
                                ? "already put back"
                                : "another rollout was started on its route",
                        Told.person(next.startedBy),
                        Told.time(next.startedAt));
    }

    private static String[] tracks(Plan plan) {
        return plan.tracks().stream().map(Track::key).sorted().toArray(String[]::new);
    }
}
