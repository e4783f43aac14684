package dev.serin.server.access;

import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Knows to which team belongs what an address names.
///
/// A rollout goes with its route, and so do messages about it, also when an admin gives the route to
/// another team.
@ApplicationScoped
class Owners {

    private static final String OF_ROLLOUT = "select team from rollout where id = ?";
    private static final String OF_ROUTE = "select team from route where name = ?";

    private static final String OF_LETTER =
            "select n.team from delivery d join notice n on n.id = d.notice where d.id = ?";
    private static final String OF_RECEIVER = "select team from receiver where id = ?";
    private static final String OF_TEAM =
            """
            select ?::text where exists (select from route where team = ?)
              or exists (select from account_role where team = ?)
              or exists (select from api_token where team = ?)\
            """;

    private final AgroalDataSource database;

    Owners(AgroalDataSource database) {
        this.database = database;
    }

    /// Whose something is.
    ///
    /// @param team null for nobody's
    record Owner(@Nullable String team) {}

    /// Whose it is; empty if there is nothing of this name.
    Optional<Owner> of(Named named) {
        return switch (named.kind()) {
            case ROLLOUT -> ask(OF_ROLLOUT, named.id());
            case ROUTE -> ask(OF_ROUTE, named.name());
            case LETTER -> ask(OF_LETTER, named.number());
            case RECEIVER -> ask(OF_RECEIVER, named.id());
            case TEAM ->
                    Scope.isNone(named.name())
                            ? Optional.of(new Owner(null))
                            : ask(OF_TEAM, named.name(), named.name(), named.name(), named.name());
        };
    }

    private Optional<Owner> ask(String sql, @Nullable Object... values) {
        try (var connection = database.getConnection();
                var ask = connection.prepareStatement(sql)) {
            return answer(ask, values);
        } catch (SQLException e) {
            throw new DatabaseFailed("nobody knows to which team it belongs", e);
        }
    }

    private static Optional<Owner> answer(PreparedStatement ask, @Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null || (values[i] instanceof String text && text.contains("\0"))) {
                return Optional.empty();
            }
            ask.setObject(i + 1, values[i]);
        }
        try (var rows = ask.executeQuery()) {
            return rows.next() ? Optional.of(new Owner(rows.getString(1))) : Optional.empty();
        }
    }
}
