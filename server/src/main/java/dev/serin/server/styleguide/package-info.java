/// The styleguide's address.
///
/// **Decision: it exists in dev mode only.** It is a tool for those who change the pages; a server
/// that moves traffic has no use for it.
@NullMarked
package dev.serin.server.styleguide;

import org.jspecify.annotations.NullMarked;
