/// How models behave in simulated traffic: how fast, how dear, how often wrong.
///
/// **Decision: two kinds of profile.** [PlainProfile] is the original's formula, so that what a rollout
/// does with it can be checked by hand. [RealisticProfile] has what breaks rollouts in the field:
/// tails, answers of many lengths, and failures that both arms of one provider share.
///
/// **Decision: randomness and time come in as arguments.** A seed gives its run again, call by call, and
/// an episode is a pure function of seed and time, so that two models of one provider meet the same one
/// without knowing of each other.
///
/// **Given up:** failures that come from load. Episodes strike by the clock, however few calls there are.
@NullMarked
package dev.serin.simulator.profile;

import org.jspecify.annotations.NullMarked;
