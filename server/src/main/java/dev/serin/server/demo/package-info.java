/// The demo: three scenarios, in virtual time or before a viewer's eyes.
///
/// **Decision: the demo goes through the same doors as everything else.** It starts rollouts, posts
/// observations and approves gates as any caller does; only the calls are made up.
///
/// **Decision: what is made up says so.** Every rollout of the demo is marked as simulated.
@NullMarked
package dev.serin.server.demo;

import org.jspecify.annotations.NullMarked;
