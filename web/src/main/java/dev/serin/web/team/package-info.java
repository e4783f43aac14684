/// A team: its routes, what waits on them, and who may do what there.
///
/// **Decision: a team has no row of its own.** It is there because a route or a role names it, so
/// nobody has to make one before they begin, and an empty one is never left behind.
@NullMarked
package dev.serin.web.team;

import org.jspecify.annotations.NullMarked;
