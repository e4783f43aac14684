/// Brings the database to the schema that this program knows, before anything else asks it.
///
/// **Decision: Flyway only where something is to be done.** Nearly every start finds a schema that is up
/// to date. One query tells so, and Flyway, which takes as long as all else of a native start, is not even
/// asked.
@NullMarked
package dev.serin.server.schema;

import org.jspecify.annotations.NullMarked;
