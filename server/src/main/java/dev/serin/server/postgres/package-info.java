/// A PostgreSQL that comes along: unpacked, initialised, started, watched and stopped by Serin.
///
/// **Decision: a launcher of our own over plain PostgreSQL binaries.** The usual test launchers turn
/// `fsync` off, trust every local user and hang after a `kill -9`; what `serve --embedded` keeps is
/// production data. Several Serin processes may share one directory: each holds a shared file lock,
/// and whoever leaves last stops PostgreSQL. The kernel drops the lock of a process that was killed.
///
/// **Dependencies:** `commons-compress` and `xz` read the archive that holds the binaries.
///
/// **Given up:** Windows, and an upgrade of the data from one major version to the next.
@NullMarked
package dev.serin.server.postgres;

import org.jspecify.annotations.NullMarked;
