package dev.serin.server;

import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.engine.spi.SessionImplementor;

/// Rows that are read and locked in one.
public final class Locked {

    private Locked() {}

    /// The row as it is when the lock is had, which lasts until the transaction ends.
    ///
    /// Hibernate alone would lock a row that the transaction has read before and leave its fields as they
    /// were read, so that what another transaction has stored meanwhile would be overwritten.
    public static <T> Optional<T> row(Class<T> type, Object id) {
        var session = Panache.getEntityManager().unwrap(SessionImplementor.class);
        var descriptor = session.getFactory().getMappingMetamodel().getEntityDescriptor(type);
        var known =
                session.getPersistenceContextInternal()
                        .getEntity(session.generateEntityKey(id, descriptor));
        if (known == null) {
            return Optional.ofNullable(session.find(type, id, LockModeType.PESSIMISTIC_WRITE));
        }
        if (session.getCurrentLockMode(known).lessThan(LockMode.PESSIMISTIC_WRITE)) {
            session.refresh(known, LockModeType.PESSIMISTIC_WRITE);
        }
        return Optional.of(type.cast(known));
    }
}
