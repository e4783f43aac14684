package dev.serin.server.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The browsers that are signed in, and where.
@ApplicationScoped
class Sessions {

    /// When one was last seen is written no more often than this.
    private static final Duration SEEN_WRITTEN_EVERY = Duration.ofMinutes(1);

    private static final int LONGEST_AGENT = 300;

    private final AccessConfig config;
    private final Event<Happened> happened;
    private final InstantSource clock = InstantSource.system();

    Sessions(AccessConfig config, Event<Happened> happened) {
        this.config = config;
        this.happened = happened;
    }

    /// Begins one and returns its token; empty if the account was shut since it was proven.
    ///
    /// @param address that asked
    /// @param agent what the browser calls itself
    Optional<String> begin(String account, String address, @Nullable String agent) {
        return begin(account, address, agent, () -> {});
    }

    /// The same for somebody who has signed in, which is told of if one begins.
    Optional<String> begin(Happened signedIn, @Nullable String agent) {
        return begin(signedIn.who(), signedIn.from(), agent, () -> happened.fire(signedIn));
    }

    private Optional<String> begin(
            String account, String address, @Nullable String agent, Runnable alongside) {
        var token = Secrets.token();
        var now = clock.instant();
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    // Whoever shuts it ends its sessions, before this one begins or after.
                    if (AccountRow.locked(account).filter(AccountRow::isOpen).isEmpty()) {
                        return Optional.empty();
                    }
                    SessionRow.deleteExpired(now);
                    var row = new SessionRow();
                    row.tokenHash = Secrets.digest(token);
                    row.id = UUID.randomUUID();
                    row.account = account;
                    row.madeAt = now;
                    row.lastSeen = now;
                    row.expiresAt = now.plus(config.session().lifetime());
                    row.address = address;
                    row.agent = cut(agent);
                    row.persist();
                    alongside.run();
                    return Optional.of(token);
                });
    }

    Optional<Visitor> of(String token) {
        var now = clock.instant();
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    var session = SessionRow.valid(Secrets.digest(token), now);
                    session.ifPresent(found -> found.seen(now, SEEN_WRITTEN_EVERY));
                    return session.flatMap(
                                    found -> AccountRow.<AccountRow>findByIdOptional(found.account))
                            .filter(AccountRow::isOpen)
                            .map(AccountRow::visitor);
                });
    }

    /// Those of an account that have not expired, the last seen first.
    List<SessionRow> all(String account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> SessionRow.all(account, clock.instant()));
    }

    /// Ends one by its token for somebody who signs out, which is told of if there was one.
    void end(String token, Happened signedOut) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    if (SessionRow.deleteById(Secrets.digest(token))) {
                        happened.fire(signedOut);
                    }
                });
    }

    /// Whether `row` is the one with this token.
    static boolean isOf(SessionRow row, @Nullable String token) {
        return token != null && row.tokenHash.equals(Secrets.digest(token));
    }

    private static String cut(@Nullable String agent) {
        var clean = agent == null ? "" : agent.replaceAll("\\p{Cc}", " ");
        return clean.length() <= LONGEST_AGENT ? clean : clean.substring(0, LONGEST_AGENT);
    }
}
