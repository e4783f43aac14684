/// Where Serin may send something that a user named: the guard against requests forged through it.
///
/// **Decision: what is checked is what is connected to.** A name is resolved once, each of its addresses
/// is judged, and the connection goes to the judged address. A check before the client resolves again
/// would let a name change its answer in between.
///
/// **Given up:** no second address is tried when the first does not answer; the next try resolves anew.
@NullMarked
package dev.serin.server.outward;

import org.jspecify.annotations.NullMarked;
