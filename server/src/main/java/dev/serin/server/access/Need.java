package dev.serin.server.access;

import java.util.Locale;

/// What an endpoint asks of whoever calls it.
enum Need {
    /// An account, whatever it may do.
    ACCOUNT,
    VIEWER,
    OPERATOR,
    APPROVER,
    ADMIN;

    /// Where somebody may do what this is needed for.
    Scope scope(Visitor visitor) {
        return switch (this) {
            case ACCOUNT -> Scope.EVERYWHERE;
            case VIEWER -> visitor.scope(Role.VIEWER);
            case OPERATOR -> visitor.scope(Role.OPERATOR);
            case APPROVER -> visitor.scope(Role.APPROVER);
            case ADMIN -> visitor.scope(Role.ADMIN);
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
