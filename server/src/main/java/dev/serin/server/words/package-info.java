/// Puts what the engine knows into the words and pictures that every page uses.
///
/// **Decision: all pages say the same thing in the same words**, so what stands in the list, on the
/// rollout's own page and in a comparison can be recognised. Numbers are printed by `web`; here is
/// only what they mean.
///
/// **Given up:** a page cannot phrase a finding its own way.
@NullMarked
package dev.serin.server.words;

import org.jspecify.annotations.NullMarked;
