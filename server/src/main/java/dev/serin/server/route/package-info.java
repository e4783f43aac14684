/// Who serves which route, kept in memory for everything that routes.
///
/// **Decision: routing reads no database.** A table in memory follows the stored one within moments,
/// so a call never waits for a query, and a database that is away stops no traffic.
///
/// **Decision: word has a lease.** A replica that has heard nothing for too long sends all calls of
/// an active rollout to its baseline: a rollback is in force everywhere at most one lease after its
/// commit, whatever is broken.
@NullMarked
package dev.serin.server.route;

import org.jspecify.annotations.NullMarked;
