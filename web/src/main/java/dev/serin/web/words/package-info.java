/// Numbers, times and states in the words that people read.
///
/// **Decision: a rate is made together with the calls that it rests on.** There is no way here to
/// print an observed rate alone, so no page can forget how little was seen.
///
/// **Given up:** one language. The words are English; the times follow the reader's zone.
@NullMarked
package dev.serin.web.words;

import org.jspecify.annotations.NullMarked;
