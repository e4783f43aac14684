/// A stored run judged under another plan: API, page and command.
///
/// **Decision: it reads and never writes.** Nothing is started, and the run stays what it was.
@NullMarked
package dev.serin.server.backtest;

import org.jspecify.annotations.NullMarked;
