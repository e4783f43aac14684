package dev.serin.server.audit;

import dev.serin.server.access.Happened;
import dev.serin.server.access.Origins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

/// Writes deeds down, in the transaction under way if there is one.
@ApplicationScoped
public class Audit {

    private final Origins origins;

    Audit(Origins origins) {
        this.origins = origins;
    }

    /// Writes down what whoever sent the request did.
    @Transactional
    public void write(Deed deed) {
        var row = new AuditRow();
        row.at = deed.at();
        row.who = Origins.name(deed.by());
        row.proven = origins.isProven(deed.by());
        row.address = origins.address().orElse(null);
        row.what = deed.what();
        row.route = deed.about().route();
        row.rollout = deed.about().rollout();
        row.team = deed.about().team();
        row.comment = deed.comment();
        row.refused = deed.refused();
        row.before = deed.before();
        row.after = deed.after();
        row.persist();
    }

    /// Writes down what happened to accounts and tokens.
    @Transactional
    void write(@Observes Happened happened) {
        boolean refused = happened.what().isRefusal();
        var row = new AuditRow();
        row.at = happened.when();
        row.who = Origins.name(happened.who());
        row.proven = !refused && row.who.equals(happened.who());
        row.address = happened.from();
        row.what = Deeds.key(happened.what());
        row.comment = "";
        row.refused = happened.what().refusal();
        row.before = happened.before();
        row.after = happened.after();
        row.persist();
    }
}
