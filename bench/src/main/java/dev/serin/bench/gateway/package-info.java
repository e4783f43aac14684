/// Measures what the gateway adds to a call, beside a bare proxy and nginx over the same stand-in.
///
/// **Decision: all of them in one run, in turns.** What else the machine does slows all alike, so ratios
/// hold where milliseconds do not.
///
/// **Decision: at a fixed rate a call's time begins when it was due.** A proxy that holds everything up
/// for a moment would else be asked less in that moment, and look better than it is.
///
/// **Given up:** a client on a machine of its own. It takes its share of the processors from whom it
/// measures, the same from each.
///
/// **Dependency:** Vert.x, for a client that costs little and the bare proxy.
@NullMarked
package dev.serin.bench.gateway;

import org.jspecify.annotations.NullMarked;
