package dev.serin.server.access;

import dev.serin.server.access.Happened.What;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody does with their own account: choose a password, end sessions.
@ApplicationScoped
class OwnAccount {

    private final AccessConfig config;
    private final Seals seals;
    private final Proofs proofs;
    private final InstantSource clock;
    private final Event<Happened> happened;

    OwnAccount(
            AccessConfig config,
            Seals seals,
            Proofs proofs,
            InstantSource clock,
            Event<Happened> happened) {
        this.config = config;
        this.seals = seals;
        this.proofs = proofs;
        this.clock = clock;
        this.happened = happened;
    }

    /// Whose invitation this is, while it lasts.
    Optional<String> invited(String token) {
        return QuarkusTransaction.requiringNew()
                .call(() -> InvitationRow.account(Secrets.digest(token), clock.instant()));
    }

    /// Chooses the first password, or another after a reset; the link opens nothing from then on.
    ///
    /// @return whose it is; empty if the link is unknown, was used or has ended
    Optional<String> accept(String token, String password, String address) {
        var sealed = seals.of(password);
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    var digest = Secrets.digest(token);
                    var now = clock.instant();
                    // The account before its invitation, as an admin does, so that none waits for
                    // the other.
                    var row =
                            InvitationRow.account(digest, now)
                                    .flatMap(AccountRow::locked)
                                    .orElse(null);
                    var invitation = InvitationRow.valid(digest, now).orElse(null);
                    if (invitation == null || row == null || row.disabledAt != null) {
                        return Optional.empty();
                    }
                    row.sealed = sealed;
                    invitation.delete();
                    tell(row.name, address, What.INVITATION_ACCEPTED, null);
                    return Optional.of(row.name);
                });
    }

    /// Whether the settings of the server say what its password is.
    boolean isOfSettings(String name) {
        var row = QuarkusTransaction.requiringNew().call(() -> account(name));
        return row != null && row.isOfSettings(config);
    }

    /// Whether it comes in by a provider only.
    boolean isWithoutPassword(String name) {
        var row = QuarkusTransaction.requiringNew().call(() -> account(name));
        return row != null && row.sealed == null;
    }

    /// Sets another password and ends all sessions.
    ///
    /// @return false if the account was shut, or its password taken, meanwhile
    boolean choose(String name, String password, String address) {
        var sealed = seals.of(password);
        var isChosen =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            var row =
                                    AccountRow.locked(name)
                                            .filter(AccountRow::isOpenByPassword)
                                            .orElse(null);
                            if (row == null) {
                                return false;
                            }
                            row.sealed = sealed;
                            SessionRow.endAll(name);
                            tell(name, address, What.PASSWORD_CHANGED, null);
                            return true;
                        });
        proofs.forget(name);
        return isChosen;
    }

    /// Ends one session.
    void end(String name, UUID session, String address) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    if (SessionRow.delete("id = ?1 and account = ?2", session, name) > 0) {
                        tell(name, address, What.SESSIONS_ENDED, name + ": 1");
                    }
                });
    }

    /// Ends all sessions but the one with this token.
    void endOthers(String name, String token, String address) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    var ended =
                            SessionRow.delete(
                                    "account = ?1 and tokenHash <> ?2",
                                    name,
                                    Secrets.digest(token));
                    if (ended > 0) {
                        tell(name, address, What.SESSIONS_ENDED, "%s: %d".formatted(name, ended));
                    }
                });
    }

    private static @Nullable AccountRow account(String name) {
        return AccountRow.findById(name);
    }

    private void tell(String name, String address, What what, @Nullable String before) {
        happened.fire(new Happened(Instant.now(), name, address, what, before, null));
    }
}
