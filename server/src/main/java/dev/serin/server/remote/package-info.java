/// Commands that ask a server: apply, status, wait, and what a person decides.
///
/// **Decision: they know the server by its API alone.** They need no database and no Quarkus, start at
/// once, and work against a server of another machine. What the API shows stays a tree of JSON here: a
/// newer server's fields reach `--json` untouched.
///
/// **Decision: a plan that the route has had already is not started again.** A pipeline that runs twice,
/// or a loop over a directory, starts each plan once; who wants it again says so.
///
/// **Given up:** a plan changed back to an earlier text is a new wish only if another plan came between.
@NullMarked
package dev.serin.server.remote;

import org.jspecify.annotations.NullMarked;
