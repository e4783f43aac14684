/// Freezes: times in which no share rises, for a team or for all, set and ended by admins.
///
/// **Decision: no freeze begins or ends while a rollout is decided.** Decisions share a lock that setting
/// and ending a freeze take alone, so once an admin has the answer no share rises on any replica, and no
/// decision was made by half a freeze.
///
/// **Decision: a freeze stops raising, nothing else.** Judging, rolling back, pausing and the opening of
/// gates go on; the engine holds that, and here stands only when a freeze holds.
///
/// **Given up:** an admin's press waits for the decisions under way, a few milliseconds.
@NullMarked
package dev.serin.server.freeze;

import org.jspecify.annotations.NullMarked;
