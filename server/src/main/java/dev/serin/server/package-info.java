/// The Serin server: API, pages, gateway, intake, store, scheduler and command line, one program.
///
/// **Decision: one program with many commands.** `serve`, `demo` and `check` are the same binary, so
/// what a person tries at a desk is what runs in production.
///
/// **Given up:** `check` carries the weight of a server that it does not start.
@NullMarked
package dev.serin.server;

import org.jspecify.annotations.NullMarked;
