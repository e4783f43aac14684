/// The three stories that the demo tells, each a pair of profiles and what must become of it.
///
/// **Decision: a scenario holds no plan.** Its plan is a file that a person could have written, and
/// is handed in by who can read it.
@NullMarked
package dev.serin.simulator.scenario;

import org.jspecify.annotations.NullMarked;
