package dev.serin.server.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/// Reads deeds, a page in each transaction.
@ApplicationScoped
class AuditReads {

    /// The newest first, at most so many.
    @Transactional
    List<AuditRow> newest(AuditFilter filter, int atMost) {
        return AuditRow.newest(filter, atMost);
    }
}
