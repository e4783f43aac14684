/// Answers OpenFeature's remote evaluation protocol, for services that route for themselves.
///
/// **Decision: a route is a flag.** Its value is the model that is to answer, its variant the arm;
/// step and rollout stand in the metadata, so that an observation can name the step in which its arm
/// was assigned.
@NullMarked
package dev.serin.server.ofrep;

import org.jspecify.annotations.NullMarked;
