/// Which arm a key gets, and whether the split is the one that was ordered.
///
/// **Decision: the split is a pure function of salt, key and share.** No table of assignments has to
/// be kept, read or agreed on: a key keeps its arm on every replica, and who is in at 5 % is in at
/// 25 %.
@NullMarked
package dev.serin.engine.traffic;

import org.jspecify.annotations.NullMarked;
