package dev.serin.server.freeze;

import dev.serin.engine.rollout.Freeze;
import dev.serin.server.access.Grant;
import dev.serin.server.access.Role;
import dev.serin.server.access.Visitor;
import dev.serin.server.problem.Problem;
import dev.serin.web.settings.FreezesView;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Puts freezes into words.
@ApplicationScoped
class FreezesViews {

    private final Freezes freezes;
    private final InstantSource clock;

    FreezesViews(Freezes freezes, InstantSource clock) {
        this.freezes = freezes;
        this.clock = clock;
    }

    /// What was typed, so that nobody types it twice.
    record Typed(String team, String from, String until, String why) {

        static final Typed NOTHING = new Typed("", "", "", "");
    }

    FreezesView of(Visitor visitor, Typed typed, @Nullable Problem wrong) {
        var now = clock.instant();
        var open = freezes.open(visitor);
        var field = wrong == null ? null : wrong.more().get("field");
        var detail = wrong == null ? "" : wrong.detail();
        var teams = teams(visitor);
        var first = teams.isEmpty() ? "" : teams.getFirst().value();
        return new FreezesView(
                sentence(open),
                open.stream().map(freeze -> line(freeze, now)).toList(),
                teams,
                typed.team().isBlank() ? first : typed.team(),
                typed.from(),
                typed.until(),
                typed.why(),
                field == null ? null : field.toString(),
                field == null ? detail : detail.substring(detail.indexOf(':') + 1).strip());
    }

    private static String sentence(List<Freezes.Shown> open) {
        long hold = open.stream().filter(Freezes.Shown::holds).count();
        if (hold == 0) {
            return open.isEmpty()
                    ? "Nothing is frozen"
                    : "Nothing is frozen yet; %s"
                            .formatted(
                                    open.size() == 1
                                            ? "one freeze comes"
                                            : open.size() + " freezes come");
        }
        return hold == 1 ? "One freeze holds" : hold + " freezes hold";
    }

    private static FreezesView.Line line(Freezes.Shown freeze, Instant now) {
        return new FreezesView.Line(
                freeze.id().toString(),
                freeze.team().equals(Grant.EVERY_TEAM) ? "every team" : freeze.team(),
                freeze.holds() ? Tone.PAUSED : Tone.QUIET,
                freeze.holds() ? "holds" : "comes",
                when(freeze.from(), now),
                when(freeze.until(), now),
                freeze.by(),
                freeze.why(),
                freeze.mine());
    }

    private static When when(Instant at, Instant now) {
        return new When(at, Times.seen(at, now).words(), new Freeze(at, "", "").end());
    }

    /// Those that the visitor may freeze.
    private static List<FreezesView.Team> teams(Visitor visitor) {
        var named = new TreeSet<String>();
        visitor.grants().forEach(grant -> named.add(grant.team()));
        named.add(Grant.COMMON_TEAM);
        named.remove(Grant.EVERY_TEAM);
        var all = new LinkedHashSet<String>();
        all.add(Grant.EVERY_TEAM);
        all.addAll(named);
        return all.stream()
                .filter(team -> visitor.may(Role.ADMIN, team))
                .map(team ->
                        new FreezesView.Team(
                                team,
                                switch (team) {
                                    case Grant.EVERY_TEAM -> "every team";
                                    case Grant.COMMON_TEAM -> "what names no team";
                                    default -> "the team " + team;
                                }))
                .toList();
    }
}
