/// Calls of the gateway as spans of OpenTelemetry, sent to where an admin points.
///
/// [Tracing] begins one for each call, and [CallTrace] one within it for each provider that is asked.
/// Where nobody is to be told, both cost nothing. Spans carry no prompts, answers or keys.
@NullMarked
package dev.serin.server.tracing;

import org.jspecify.annotations.NullMarked;
