package dev.serin.server.notice;

import dev.serin.engine.rollout.Entry;
import java.util.Optional;

/// What others are told of.
enum Happening {
    STARTED("rollout.started", "started"),
    GATE_OPENED("rollout.gate_opened", "a person is asked"),
    PAUSED("rollout.paused", "paused"),
    PROMOTED("rollout.promoted", "promoted"),
    REJECTED("rollout.rejected", "rejected"),
    ROLLED_BACK("rollout.rolled_back", "rolled back");

    private final String type;
    private final String words;

    Happening(String type, String words) {
        this.type = type;
        this.words = words;
    }

    /// As receivers read it.
    String type() {
        return type;
    }

    /// After a route's name.
    String words() {
        return words;
    }

    /// What an entry of the journal is to others; empty where they need not know.
    static Optional<Happening> of(Entry entry) {
        return switch (entry) {
            case Entry.Started _ -> Optional.of(STARTED);
            case Entry.GateOpened _ -> Optional.of(GATE_OPENED);
            case Entry.Paused _ -> Optional.of(PAUSED);
            case Entry.Completed _ -> Optional.of(PROMOTED);
            case Entry.RolledBack back ->
                    switch (back.outcome().kind()) {
                        case REJECTED -> Optional.of(REJECTED);
                        case PROMOTED, BREACHED, EXPOSURE, ROLLED_BACK_BY_HAND ->
                                Optional.of(ROLLED_BACK);
                    };
            // Steps on the way ask nothing of anybody, and people know what they just did.
            case Entry.StepEntered _, Entry.Approved _, Entry.Promoted _, Entry.Resumed _ ->
                    Optional.empty();
        };
    }
}
