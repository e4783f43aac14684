/// Measures how many observations a second the API stores, beside what PostgreSQL itself takes of the
/// same rows.
///
/// **Decision: the peer copies what Serin has stored**, all columns, by one binary `COPY` over one
/// connection in one transaction, into a table that has nothing but the primary key. There is no faster
/// way into a table that survives a power cut.
///
/// **Decision: both tables go on growing.** A `COPY` into an empty table is faster than one into a table
/// with millions of rows, and the rows' ids are random, as those of real calls are.
///
/// **Given up:** senders on a machine of their own; what they cost is held against Serin.
@NullMarked
package dev.serin.bench.intake;

import org.jspecify.annotations.NullMarked;
