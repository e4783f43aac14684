package dev.serin.server.audit;

import dev.serin.server.access.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/// Reads deeds, a page in each transaction.
@ApplicationScoped
class AuditReads {

    /// The newest first, at most so many.
    ///
    /// @param admits only what was done to something of these teams
    @Transactional
    List<AuditRow> newest(AuditFilter filter, Scope admits, int atMost) {
        return AuditRow.newest(filter, admits, atMost);
    }
}
