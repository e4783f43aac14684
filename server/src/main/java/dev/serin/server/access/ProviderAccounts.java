package dev.serin.server.access;

import dev.serin.server.access.Happened.What;
import dev.serin.server.oidc.Identity;
import dev.serin.server.oidc.OidcConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which account is whose, of those that an OpenID provider has proven.
///
/// Somebody is known by issuer and subject, which never change. Their name counts once: to take the
/// invitation that an admin has made for it, or to make an account of it. No account that has a password
/// is ever taken by name.
@ApplicationScoped
class ProviderAccounts {

    private final OidcConfig config;
    private final Proofs proofs;
    private final InstantSource clock;
    private final Event<Happened> happened;

    ProviderAccounts(
            OidcConfig config, Proofs proofs, InstantSource clock, Event<Happened> happened) {
        this.config = config;
        this.proofs = proofs;
        this.clock = clock;
        this.happened = happened;
    }

    /// What came of it.
    sealed interface Answer {

        /// They may come in.
        record Known(String account) implements Answer {}

        /// They may not.
        ///
        /// @param why in a sentence that says what to do
        record Refused(String why) implements Answer {}
    }

    /// The account of somebody, which is made or taken over from an invitation at the first time.
    Answer of(Identity who, String address) {
        var grants = ProviderRoles.of(config).of(who.groups());
        var answer =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            var now = clock.instant();
                            // All rows, as whoever changes accounts does: one after the other.
                            AccountRow.lockAll();
                            var known = IdentityRow.of(who.issuer(), who.subject());
                            return known.isPresent()
                                    ? again(known.get(), grants, address, now)
                                    : first(who, grants, address, now);
                        });
        if (answer instanceof Answer.Known(var account)) {
            proofs.forget(account);
        }
        return answer;
    }

    private Answer again(IdentityRow known, Set<Grant> grants, String address, Instant now) {
        AccountRow row = AccountRow.findById(known.account);
        if (row.disabledAt != null) {
            return new Answer.Refused("This account may not sign in. Ask an admin.");
        }
        known.lastAt = now;
        if (known.byGroups && !row.grants.equals(grants)) {
            var before = words(row);
            row.grants.clear();
            row.grants.addAll(grants);
            tell(row.name, address, What.ROLES_CHANGED, before, words(row));
            if (grants.isEmpty()) {
                SessionRow.endAll(row.name);
            }
        }
        return row.grants.isEmpty() ? noRole() : new Answer.Known(row.name);
    }

    private Answer first(Identity who, Set<Grant> grants, String address, Instant now) {
        var name = Names.clean(who.name());
        if (Names.wrong(name).isPresent()) {
            return new Answer.Refused(
                    "The provider tells no name (%s) that can be one here. Ask an admin."
                            .formatted(config.nameClaim()));
        }
        var namesake = AccountRow.ofAnyCase(name);
        if (namesake.isPresent()) {
            return invited(namesake.get(), who, address, now);
        }
        if (grants.isEmpty()) {
            return noRole();
        }
        var row = AccountRow.named(name);
        row.ofProvider = true;
        row.grants = new HashSet<>(grants);
        row.persist();
        remember(who, name, true, now);
        tell(name, address, What.PERSON_CAME, null, words(row));
        return new Answer.Known(name);
    }

    private Answer invited(AccountRow row, Identity who, String address, Instant now) {
        var invitation = InvitationRow.<InvitationRow>findByIdOptional(row.name);
        boolean isOpen =
                row.state() == Person.State.INVITED
                        && invitation.filter(one -> one.expiresAt.isAfter(now)).isPresent();
        if (!isOpen) {
            return new Answer.Refused(
                    "There is an account of the name %s here that is not the provider's. Ask an admin."
                            .formatted(row.name));
        }
        invitation.get().delete();
        row.ofProvider = true;
        remember(who, row.name, false, now);
        tell(row.name, address, What.INVITATION_ACCEPTED, null, null);
        return new Answer.Known(row.name);
    }

    private static Answer noRole() {
        return new Answer.Refused("Nobody has given you a role here. Ask an admin to invite you.");
    }

    private static void remember(Identity who, String account, boolean byGroups, Instant now) {
        var identity = new IdentityRow();
        identity.issuer = who.issuer();
        identity.subject = who.subject();
        identity.account = account;
        identity.byGroups = byGroups;
        identity.firstAt = now;
        identity.lastAt = now;
        identity.persist();
    }

    private void tell(
            String name,
            String address,
            What what,
            @Nullable String before,
            @Nullable String after) {
        happened.fire(new Happened(Instant.now(), name, address, what, before, after));
    }

    private static String words(AccountRow row) {
        return row.name + ": " + Person.words(row.grants);
    }
}
