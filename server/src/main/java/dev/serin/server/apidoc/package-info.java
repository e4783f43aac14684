/// Describes the API to programs, as OpenAPI does.
///
/// **Decision: a text in the repository, held to the code by a test.** Made anew at each start, the
/// description took a fifth of a native one. As a text it also shows in a review what a change does to the
/// API.
@NullMarked
package dev.serin.server.apidoc;

import org.jspecify.annotations.NullMarked;
