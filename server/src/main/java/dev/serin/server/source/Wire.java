package dev.serin.server.source;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;

/// How a kind of source is asked, and how its answers are read.
sealed interface Wire permits Prometheus, Datadog {

    /// The newest moment of which it can be asked.
    Instant newest(Instant now, Duration every);

    /// A value of a template within the source's language.
    String escaped(String value);

    HttpRequest.Builder request(Endpoint endpoint, String query, Span span);

    /// Reads the body of an answer of 200.
    ///
    /// @param counter whether a counter was asked for; else a rate
    /// @param before what the counter showed at the span's beginning
    Answer read(byte[] body, Span span, boolean counter, double before);

    /// What the body of another answer says, in a few words; empty for nothing.
    String complaint(byte[] body);
}
