/// Does to three servers and their PostgreSQL what nights do, under load, and holds what is left to a
/// model of its own.
///
/// **Decision: the model knows only what was answered.** What a server acknowledged must be stored, once;
/// what it did not is sent again under the same key until it is. So at the end the sums must be equal,
/// not nearly so.
///
/// **Decision: real processes, real signals.** A kill is a SIGKILL, also of each process of PostgreSQL; the
/// network between a server and PostgreSQL is a forwarder that falls silent, as a network does, and does not
/// say that it closes.
///
/// **Given up:** disks that lie about what they have written, and more than one machine.
///
/// **Dependency:** Vert.x, which brings JSON along; the driver of PostgreSQL.
@NullMarked
package dev.serin.bench.chaos;

import org.jspecify.annotations.NullMarked;
