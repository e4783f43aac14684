package dev.serin.server.access;

import dev.serin.server.Locked;
import dev.serin.server.access.Happened.What;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of machines: a pipeline, a gateway's client, a scraper. Making or ending one, and what the
/// audit says of it, are one transaction.
@ApplicationScoped
class Tokens {

    /// How every token begins, so that a leaked one is found by whoever scans for secrets.
    static final String PREFIX = "serin_";

    /// How the journal begins the name of a machine.
    static final String JOURNALED = "token ";

    /// The last use is written no more often than this, so that a busy machine writes little.
    private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

    private final Proofs proofs;
    private final Event<Happened> happened;
    private final InstantSource clock = InstantSource.system();

    Tokens(Proofs proofs, Event<Happened> happened) {
        this.proofs = proofs;
        this.happened = happened;
    }

    /// Makes a token and returns its text, which nobody can read again.
    ///
    /// @param by who makes it
    /// @param address that asked
    /// @return nothing if there is a token of this name
    Optional<String> make(String name, Grant grant, Duration lifetime, String by, String address) {
        var text = PREFIX + Secrets.token();
        var now = clock.instant();
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    var row = new TokenRow();
                    row.name = name;
                    row.hash = Secrets.digest(text);
                    row.role = grant.role();
                    row.team = grant.team();
                    row.expiresAt = now.plus(lifetime);
                    row.madeBy = by;
                    row.madeAt = now;
                    if (!row.store()) {
                        return Optional.empty();
                    }
                    tell(by, address, What.TOKEN_MADE, null, words(row));
                    return Optional.of(text);
                });
    }

    /// Whose token it is, if there is one and it has not expired.
    Optional<Visitor> of(String text) {
        var now = clock.instant();
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    var row = TokenRow.valid(Secrets.digest(text), now);
                    row.ifPresent(found -> used(found, now));
                    return row.map(TokenRow::visitor);
                });
    }

    /// All of them, also the expired, by name.
    List<TokenRow> all() {
        return QuarkusTransaction.requiringNew().call(() -> TokenRow.listAll(Sort.by("name")));
    }

    /// Ends a token, if there still is one: at once on this server, within ten seconds on others.
    ///
    /// @param by who ends it
    /// @param address that asked
    void end(String name, String by, String address) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    Locked.row(TokenRow.class, name)
                            .ifPresent(row -> {
                                tell(by, address, What.TOKEN_ENDED, words(row), null);
                                row.delete();
                            });
                });
        proofs.forget(JOURNALED + name);
    }

    private void tell(
            String by, String address, What what, @Nullable String before, @Nullable String after) {
        happened.fire(new Happened(clock.instant(), by, address, what, before, after));
    }

    private static String words(TokenRow row) {
        return "token %s: %s in %s until %s"
                .formatted(row.name, row.role.word(), row.team, row.expiresAt);
    }

    private static void used(TokenRow row, Instant now) {
        if (row.lastUsed == null || row.lastUsed.isBefore(now.minus(USE_WRITTEN_EVERY))) {
            row.lastUsed = now;
        }
    }
}
