/// Measures how soon a server answers after its start, and what it takes from the machine at rest.
///
/// **Decision: the programs start in turn**, on one PostgreSQL whose schema is up to date, so that whatever
/// else the machine does befalls all of them alike.
///
/// **Given up:** a start that migrates. It happens once for each version.
@NullMarked
package dev.serin.bench.start;

import org.jspecify.annotations.NullMarked;
