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

    boolean isMetBy(Visitor visitor, String team) {
        return switch (this) {
            case ACCOUNT -> true;
            case VIEWER -> visitor.may(Role.VIEWER, team);
            case OPERATOR -> visitor.may(Role.OPERATOR, team);
            case APPROVER -> visitor.may(Role.APPROVER, team);
            case ADMIN -> visitor.may(Role.ADMIN, team);
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
