/// Pages that have only something to say: not found, not allowed, the database is away.
///
/// **Decision: an error says what still works and what to do next**, never what class failed.
@NullMarked
package dev.serin.web.message;

import org.jspecify.annotations.NullMarked;
