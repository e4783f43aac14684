package dev.serin.server.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Lets somebody who is known do what their roles are for, in the team of what they address.
///
/// What belongs to a team where somebody has no role is not there for them: they are answered as if
/// nobody had ever made it. Whoever has a role in every team costs no query.
@Singleton
class Permits {

    private static final Logger LOG = Logger.getLogger(Permits.class);

    /// No name has one, as PostgreSQL knows no text with it: what it stands in is not there.
    private static final String NUL = "%00";

    private static final String NOTHING_HERE = "there is nothing of this name";

    private final AccessConfig config;
    private final Owners owners;
    private final Frames frames;
    private final Answers answers;

    Permits(AccessConfig config, Owners owners, Frames frames, Answers answers) {
        this.config = config;
        this.owners = owners;
        this.frames = frames;
        this.answers = answers;
    }

    /// @param path under the root, normalized
    void ask(RoutingContext context, Visitor visitor, String path) {
        if (path.contains(NUL)) {
            Named.in(path)
                    .ifPresentOrElse(
                            named -> answers.absent(context, named),
                            () -> answers.tell(context, 404, "not-found", NOTHING_HERE));
            return;
        }
        var rule = Rules.written(context.request().method().name(), path);
        var need = rule.map(Rules.Rule::need).orElse(Need.ADMIN);
        if (need == Need.ACCOUNT
                || (need.scope(visitor).everywhere() && visitor.sight().everywhere())) {
            context.next();
            return;
        }
        var named = Named.in(path);
        var asked = new Asked(need, Rules.whose(rule, path), visitor);
        if (named.isPresent()) {
            context.vertx()
                    .executeBlocking(() -> owners.of(named.get()), false)
                    .onSuccess(owner -> answer(context, asked, named.get(), owner))
                    .onFailure(failure -> {
                        LOG.warnf(failure, "nobody can be asked to which team something belongs");
                        answers.databaseAway(context);
                    });
        } else if (asked.isMetWithoutName()) {
            context.next();
        } else {
            refuse(context, asked.need, asked.isOfAnyTeam() ? null : Grant.COMMON_TEAM);
        }
    }

    /// What an endpoint asks of somebody.
    private record Asked(Need need, Rules.Whose whose, Visitor visitor) {

        Scope may() {
            return need.scope(visitor);
        }

        Scope sight() {
            return visitor.sight();
        }

        boolean isOfAnyTeam() {
            return whose == Rules.Whose.ANY_TEAM;
        }

        boolean isMetWithoutName() {
            return isOfAnyTeam() ? may().isSomewhere() : may().everywhere();
        }

        boolean isMetIn(@Nullable String team) {
            return whose == Rules.Whose.EVERYBODY ? may().everywhere() : may().covers(team);
        }
    }

    private void answer(
            RoutingContext context, Asked asked, Named named, Optional<Owners.Owner> owner) {
        if (owner.isEmpty() && asked.sight().everywhere()) {
            // The endpoint itself tells those who may that there is none.
            if (asked.may().isSomewhere()) {
                context.next();
            } else {
                refuse(context, asked.need, null);
            }
            return;
        }
        var seen = owner.filter(one -> asked.sight().covers(one.team()));
        if (seen.isEmpty()) {
            answers.absent(context, named);
            return;
        }
        var team = seen.get().team();
        if (asked.isMetIn(team)) {
            context.next();
        } else {
            refuse(
                    context,
                    asked.need,
                    asked.whose == Rules.Whose.EVERYBODY ? Grant.COMMON_TEAM : Scope.words(team));
        }
    }

    /// @param team where the role is missing; null where any would do
    private void refuse(RoutingContext context, Need need, @Nullable String team) {
        var role = team == null ? need.word() : "%s in %s".formatted(need.word(), team);
        answers.tell(
                context,
                403,
                "not-allowed",
                config.mode().asksToSignIn()
                        ? "this needs the role %s; ask an admin for it".formatted(role)
                        : "this needs the role %s; choose another name at %s/name"
                                .formatted(role, frames.root()));
    }
}
