/// Measures how fast pages answer with little and with much history behind them.
///
/// **Decision: two servers side by side, asked in turns.** What else the machine does slows both
/// alike, so the ratio of the two holds where milliseconds do not.
///
/// **Given up:** a history in which no two rollouts are alike; a few are played, and then copied.
///
/// **Dependency:** PostgreSQL's driver, to copy them.
@NullMarked
package dev.serin.bench.pages;

import org.jspecify.annotations.NullMarked;
