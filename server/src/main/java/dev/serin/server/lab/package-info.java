/// Tries a plan on simulated candidates, before the first user meets one: page, API and command.
///
/// **Decision: a run belongs to whoever looks at it.** A page or a request that goes away stops its
/// run, so nobody pays for numbers that nobody reads.
///
/// **Decision: runs take turns on few threads of low priority.** Judging live rollouts comes first.
///
/// **Given up:** reports are kept in memory, the newest ones; the same seed makes the same report again.
@NullMarked
package dev.serin.server.lab;

import org.jspecify.annotations.NullMarked;
