/// What another plan would have made of a run that is over.
///
/// **Decision: steps are matched by their share.** The other plan is played by the engine on the calls
/// that the run itself saw at that share; nothing is made up where it gave the candidate none.
///
/// **Given up:** traffic is taken to be alike whenever a share was reached. A plan that would have
/// reached it at another hour is judged on the hour that was recorded.
@NullMarked
package dev.serin.simulator.backtest;

import org.jspecify.annotations.NullMarked;
