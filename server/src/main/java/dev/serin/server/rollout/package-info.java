/// Rollouts as they are stored and moved, and the API that shows them.
///
/// **Decision: one door.** [Rollouts] is the only code that changes a rollout. It locks the row,
/// gathers the evidence, asks the engine, and writes state and journal in one transaction; scheduler,
/// API, pages and command line all come through it.
///
/// **Decision: reading never judges.** The door leaves what it found beside the state, so a page costs
/// one row, whatever lies behind it.
///
/// **Given up:** a page is as fresh as the last tick, about a second.
@NullMarked
package dev.serin.server.rollout;

import org.jspecify.annotations.NullMarked;
