package dev.serin.server.freeze;

import dev.serin.server.access.Grant;
import java.time.Instant;

/// A freeze was set or ended; fired as a CDI event within the transaction that does it.
///
/// @param team whose it is; [Grant#EVERY_TEAM] for all
public record FreezeChanged(String team, Instant at) {

    /// Whether it is for all teams.
    public boolean isForAll() {
        return team.equals(Grant.EVERY_TEAM);
    }
}
