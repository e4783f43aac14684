package dev.serin.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;

/// Prometheus' `/api/v1/query`, and all that speak it.
///
/// @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>
record Prometheus() implements Wire {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Instant newest(Instant now, Duration every) {
        return now;
    }

    /// As within the quotes of a matcher.
    @Override
    public String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public HttpRequest.Builder request(Endpoint endpoint, String query, Span span) {
        var form =
                "query=%s&time=%s&timeout=%dms"
                        .formatted(
                                URLEncoder.encode(query, UTF_8),
                                seconds(span.to()),
                                endpoint.timeout().toMillis());
        var request =
                HttpRequest.newBuilder(URI.create(endpoint.base() + "/api/v1/query"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        var token = endpoint.token();
        return token == null
                ? request
                : request.header("Authorization", "Bearer " + token.reveal());
    }

    @Override
    public Answer read(byte[] body, Span span, boolean counter, double before) {
        try {
            var answer = JSON.readTree(body);
            if (!answer.path("status").asText().equals("success")) {
                return new Answer.Nothing("it answered with an error, " + complaint(body));
            }
            if (!answer.path("warnings").isEmpty()) {
                return new Answer.Nothing(
                        "it warned: " + Words.plain(answer.path("warnings").path(0).asText()));
            }
            var data = answer.path("data");
            return switch (data.path("resultType").asText()) {
                case "scalar" -> sample(data.path("result"), span);
                case "vector" -> vector(data.path("result"), span);
                default ->
                        new Answer.Nothing(
                                "the answer is a %s; ask for one number, as sum(…) does"
                                        .formatted(Words.plain(data.path("resultType").asText())));
            };
        } catch (IOException _) {
            return new Answer.Nothing("the answer is no JSON");
        }
    }

    @Override
    public String complaint(byte[] body) {
        try {
            var answer = JSON.readTree(body);
            var error = answer.path("error").asText();
            return error.isEmpty()
                    ? ""
                    : Words.plain(answer.path("errorType").asText() + ": " + error);
        } catch (IOException _) {
            return "";
        }
    }

    private static Answer vector(JsonNode series, Span span) {
        if (series.isEmpty()) {
            return new Answer.Nothing("the answer is empty");
        }
        if (series.size() > 1) {
            return new Answer.Nothing(
                    "the answer holds %d series; add them up with sum(…)".formatted(series.size()));
        }
        var sample = series.path(0).path("value");
        return sample.isMissingNode()
                ? new Answer.Nothing("the answer is a histogram; ask for one number")
                : sample(sample, span);
    }

    private static Answer sample(JsonNode sample, Span span) {
        if (!sample.path(0).isNumber() || !sample.path(1).isTextual()) {
            return new Answer.Nothing("the answer holds no sample");
        }
        long at = Math.round(sample.path(0).doubleValue() * 1000);
        if (Math.abs(span.to().toEpochMilli() - at) > Span.stale(span.every()).toMillis()) {
            return new Answer.Nothing(
                    "the answer is of %s, older than two polls"
                            .formatted(Instant.ofEpochMilli(at)));
        }
        var text = sample.path(1).textValue();
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value)
                    ? new Answer.Value(value)
                    : new Answer.Nothing("the answer is " + Words.plain(text));
        } catch (NumberFormatException _) {
            // Prometheus writes infinity as +Inf, which Java does not read.
            return new Answer.Nothing("the answer is " + Words.plain(text));
        }
    }

    private static String seconds(Instant at) {
        return "%d.%03d".formatted(at.getEpochSecond(), at.getNano() / 1_000_000);
    }
}
