/// Routes: which model serves each, what it promised, and what it kept.
///
/// **Decision: a budget stands beside the calls that it rests on.** A route is seen only while a
/// rollout sends calls through Serin, so a full budget without calls would say nothing.
@NullMarked
package dev.serin.web.route;

import org.jspecify.annotations.NullMarked;
