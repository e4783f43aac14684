package dev.serin.server.audit;

import dev.serin.server.access.Scope;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

/// One deed. Inserted, never updated.
@Entity
@Immutable
@Table(name = "audit")
@NullUnmarked // Hibernate fills the fields
class AuditRow extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    Instant at;

    /// Without the mark of a name that was only said: that is `proven`.
    String who;

    boolean proven;

    /// The address that asked; null where the program acted by itself.
    String address;

    String what;
    String route;
    UUID rollout;
    String team;
    String comment;
    String refused;
    String before;
    String after;

    /// What was done to a route is told to the team whose it is now; all else to the team named then.
    private static final String OF_TEAMS =
            "(exists (select 1 from RouteRow r where r.name = route and r.team in :teams) or team in"
                    + " :teams and not exists (select 1 from RouteRow r where r.name = route))";

    /// Newest first.
    static List<AuditRow> newest(AuditFilter filter, Scope admits, int atMost) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        if (!filter.who().isEmpty()) {
            conditions.add("lower(who) like lower(:who) escape '\\'");
            values.put("who", filter.whoPattern());
        }
        if (!filter.what().isEmpty()) {
            conditions.add("what = :what");
            values.put("what", filter.what());
        }
        if (!filter.route().isEmpty()) {
            conditions.add("route = :route");
            values.put("route", filter.route());
        }
        if (filter.before() != null) {
            conditions.add("id < :before");
            values.put("before", filter.before());
        }
        if (!admits.everywhere()) {
            conditions.add(OF_TEAMS);
            values.put("teams", admits.names());
        }
        var where = conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions);
        return AuditRow.<AuditRow>find(where + " order by id desc", values).page(0, atMost).list();
    }
}
