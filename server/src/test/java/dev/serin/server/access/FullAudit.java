package dev.serin.server.access;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// An audit that cannot write everything down, as one whose disk is full.
@Singleton
class FullAudit {

    private volatile Happened.@Nullable What refused;

    void refuse(Happened.What what) {
        refused = what;
    }

    void refuseNothing() {
        refused = null;
    }

    void hear(@Observes Happened happened) {
        if (happened.what() == refused) {
            throw new IllegalStateException("there is no room to write it down");
        }
    }
}
