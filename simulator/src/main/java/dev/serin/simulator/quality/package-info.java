/// How often Serin's rule decides wrongly, and how many calls it takes, beside the rules that it
/// replaces: the scenarios of statistics.md 3.1 under the protocol of its section 3.
///
/// **Decision: the protocol's rule is counted here from the engine's own evidence.** Section 3
/// breaks from the first call on and counts in calls, the server from the fifth and in seconds; the
/// report shows both, and says which is which.
///
/// **Given up:** the last digit. Section 3 looks at later restarts every ten calls, this at every
/// look.
@NullMarked
package dev.serin.simulator.quality;

import org.jspecify.annotations.NullMarked;
