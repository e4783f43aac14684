package dev.serin.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.provider.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Datadog's `/api/v1/query`. Its counts are per stretch of time (`.as_count()`), so those of whole
/// stretches are added up to a counter.
///
/// @see <a href="https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points">Query
///     timeseries points</a>
record Datadog() implements Wire {

    /// Agents and intake take this long until a stretch holds all its calls.
    static final Duration LAG = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Whole stretches only: a half one would be counted twice or not at all.
    @Override
    public Instant newest(Instant now, Duration every) {
        long seconds = now.minus(LAG).getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, every.toSeconds()));
    }

    /// As Datadog itself writes the values of tags.
    @Override
    public String escaped(String value) {
        return value.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_:./-]", "_");
    }

    @Override
    public HttpRequest.Builder request(Endpoint endpoint, String query, Span span) {
        var address =
                "%s/api/v1/query?from=%d&to=%d&query=%s"
                        .formatted(
                                endpoint.base(),
                                span.from().getEpochSecond(),
                                span.to().getEpochSecond(),
                                URLEncoder.encode(query, UTF_8));
        return HttpRequest.newBuilder(URI.create(address))
                .header("DD-API-KEY", reveal(endpoint.token()))
                .header("DD-APPLICATION-KEY", reveal(endpoint.applicationKey()))
                .GET();
    }

    @Override
    public Answer read(byte[] body, Span span, boolean counter, double before) {
        try {
            var answer = JSON.readTree(body);
            if (!answer.path("status").asText().equals("ok")
                    || !answer.path("error").asText("").isEmpty()) {
                return new Answer.Nothing("it answered with an error, " + complaint(body));
            }
            var series = answer.path("series");
            if (series.isEmpty()) {
                return new Answer.Nothing("the answer is empty");
            }
            if (series.size() > 1) {
                return new Answer.Nothing(
                        "the answer holds %d series; add them up with sum:… and no by {…}"
                                .formatted(series.size()));
            }
            return points(series.path(0), span, counter, before);
        } catch (IOException _) {
            return new Answer.Nothing("the answer is no JSON");
        }
    }

    @Override
    public String complaint(byte[] body) {
        try {
            var answer = JSON.readTree(body);
            var error = answer.path("error").asText("");
            return Words.plain(error.isEmpty() ? answer.path("errors").path(0).asText("") : error);
        } catch (IOException _) {
            return "";
        }
    }

    private static Answer points(JsonNode series, Span span, boolean counter, double before) {
        long stretch = series.path("interval").asLong();
        if (counter && (stretch < 1 || span.every().toSeconds() % stretch != 0)) {
            return new Answer.Nothing(
                    "the answer comes in stretches of %d s, which do not fit into %d s; write .rollup(sum, {{window}})"
                            .formatted(stretch, span.every().toSeconds()));
        }
        double sum = 0;
        double last = 0;
        int points = 0;
        for (var point : series.path("pointlist")) {
            double at = point.path(0).asDouble(Double.NaN);
            var value = point.path(1);
            if (at >= span.from().toEpochMilli()
                    && at < span.to().toEpochMilli()
                    && !value.isNull()) {
                last = value.isNumber() ? value.doubleValue() : Double.NaN;
                sum += last;
                points++;
            }
        }
        if (points == 0) {
            return new Answer.Nothing("the answer is empty for its time");
        }
        double value = counter ? before + sum : last;
        return Double.isFinite(value)
                ? new Answer.Value(value)
                : new Answer.Nothing("the answer holds what is no number");
    }

    private static String reveal(@Nullable Secret secret) {
        return secret == null ? "" : secret.reveal();
    }
}
