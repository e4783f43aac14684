/// The engine under the names of the original description, for those who embed it in a service.
///
/// **Decision: a thin facade over the one engine, never a second one.** Whoever starts with these names
/// gets the same findings as the server: no data never passes, and looking often costs nothing.
///
/// **Given up:** the original handed in finished metrics; here calls are handed in, since a bare rate
/// without its calls cannot be judged.
@NullMarked
package dev.serin.engine.embed;

import org.jspecify.annotations.NullMarked;
