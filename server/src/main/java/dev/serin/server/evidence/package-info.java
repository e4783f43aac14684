/// What was seen of calls: takes it in, sums it up, and hands the sums to the judge.
///
/// **Decision: acknowledged means stored.** Observations wait a few milliseconds for others and are
/// committed together; a caller is answered after that.
///
/// **Decision: each process writes tallies of its own.** Writers never wait for one another, and the
/// sums over processes need no order, so every replica judges the same numbers. Where more waits than one
/// transaction takes, a process stores a second group at the same time, as if it were another one.
///
/// **Decision: a call belongs to the partition of the day on which its rollout began.** A call's id
/// is then unique for its rollout whatever the sender's clock says, with no table beside.
///
/// **Decision: tallies grow coarser only after their rollout has ended.** The judge tells stretches of 10 s
/// apart, and what is drawn together cannot be told apart again.
///
/// **Given up:** a rollout that runs for months keeps its single calls as long.
@NullMarked
package dev.serin.server.evidence;

import org.jspecify.annotations.NullMarked;
