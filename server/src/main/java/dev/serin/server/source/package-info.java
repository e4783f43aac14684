/// Telemetry that is elsewhere: asks a Prometheus or a Datadog how many calls there were and how many
/// of them were bad, and adds the differences to the tallies.
///
/// **Decision: a source gives counters, never rates.** 2 % of 3 calls and 2 % of 30,000 are the same
/// rate, and only one of them proves anything. What is counted between two polls goes into the tallies
/// of the step that was in force at both.
///
/// **Decision: what is not known is not good news.** An empty answer, a NaN, several series, a counter
/// that fell, an error or silence count nothing, are told on the page, and stand in the way of a
/// promotion until they are over or a person waives them.
///
/// **Decision: the last counters are stored in the transaction that adds their differences.** A replica
/// that dies between question and commit has counted nothing, and the next poll counts it once.
///
/// **Given up:** calls of the interval in which the step changes count for neither step.
@NullMarked
package dev.serin.server.source;

import org.jspecify.annotations.NullMarked;
