package dev.serin.server.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The keys of machines: a pipeline, a gateway's client, a scraper.
@ApplicationScoped
class Tokens {

    /// How every token begins, so that a leaked one is found by whoever scans for secrets.
    static final String PREFIX = "serin_";

    /// How the journal begins the name of a machine.
    static final String JOURNALED = "token ";

    /// The last use is written no more often than this, so that a busy machine writes little.
    private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

    private final Proofs proofs;
    private final InstantSource clock = InstantSource.system();

    Tokens(Proofs proofs) {
        this.proofs = proofs;
    }

    /// Makes a token and returns its text, which nobody can read again.
    ///
    /// @return nothing if there is a token of this name
    Optional<String> make(String name, Grant grant, Duration lifetime, String by) {
        var text = PREFIX + Secrets.token();
        var now = clock.instant();
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    if (TokenRow.findById(name) != null) {
                        return Optional.empty();
                    }
                    var row = new TokenRow();
                    row.name = name;
                    row.hash = Secrets.digest(text);
                    row.role = grant.role();
                    row.team = grant.team();
                    row.expiresAt = now.plus(lifetime);
                    row.madeBy = by;
                    row.madeAt = now;
                    row.persist();
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

    /// Ends a token: at once on this server, within ten seconds on others.
    void end(String name) {
        QuarkusTransaction.requiringNew().run(() -> TokenRow.deleteById(name));
        proofs.forget(JOURNALED + name);
    }

    private static void used(TokenRow row, Instant now) {
        if (row.lastUsed == null || row.lastUsed.isBefore(now.minus(USE_WRITTEN_EVERY))) {
            row.lastUsed = now;
        }
    }
}
