/// Takes what instrumented services tell by OpenTelemetry: calls of models as spans, verdicts on their
/// answers as events.
///
/// **Decision: a span counts only where it names its route.** Services send all that they do, most of
/// it no call of a model and none of Serin's business; nothing is guessed from a service's name. The
/// flag that OpenFeature evaluated, or `serin.route`, says which route it was; everything else is
/// passed over without a complaint.
///
/// The names are those of the GenAI conventions 1.41, and the older ones that SDKs still send.
@NullMarked
package dev.serin.server.otlp;

import org.jspecify.annotations.NullMarked;
