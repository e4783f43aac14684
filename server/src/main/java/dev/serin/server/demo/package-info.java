/// The demo: three scenarios, in virtual time or before a viewer's eyes.
///
/// **Decision: the demo goes through the same doors as everything else.** It starts rollouts, posts
/// observations and approves gates as any caller does; only the calls are made up.
///
/// **Decision: what is made up says so.** Every rollout of the demo is marked as simulated, but for
/// those of `--gateway` and `--chaos`: there the calls are real, and only the provider is a
/// stand-in.
///
/// **Decision: the gateway demo's client is the JDK's.** It sends what any OpenAI client sends; the
/// official library would be some megabytes, and reflection in the native executable, for one
/// request. The tests of the gateway drive it with the official one.
@NullMarked
package dev.serin.server.demo;

import org.jspecify.annotations.NullMarked;
