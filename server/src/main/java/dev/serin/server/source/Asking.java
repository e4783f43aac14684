package dev.serin.server.source;

import dev.serin.server.outward.LateClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks sources over HTTP. It goes where an admin has sent it and follows no redirect.
@ApplicationScoped
class Asking {

    private static final int MOST_BYTES = 1 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final LateClient client = new LateClient(HttpClient.Version.HTTP_1_1, CONNECT);

    @PreDestroy
    void close() {
        client.close();
    }

    /// Completes always, and never with an exception.
    ///
    /// @param before what the counter showed at the span's beginning
    CompletableFuture<Answer> ask(
            Endpoint endpoint, String query, Span span, boolean counter, double before) {
        var request = endpoint.wire().request(endpoint, query, span).build();
        var asked =
                client.get()
                        .sendAsync(
                                request,
                                HttpResponse.BodyHandlers.limiting(
                                        HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
        var answered = new CompletableFuture<HttpResponse<byte[]>>();
        var _ =
                asked.whenComplete((answer, failed) -> {
                    if (failed == null) {
                        answered.complete(answer);
                    } else {
                        answered.completeExceptionally(failed);
                    }
                });
        return answered.orTimeout(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failed) -> {
                    if (failed != null) {
                        asked.cancel(true);
                        return new Answer.Nothing(why(failed, endpoint));
                    }
                    return heard(endpoint, answer, span, counter, before);
                });
    }

    private static Answer heard(
            Endpoint endpoint,
            HttpResponse<byte[]> answer,
            Span span,
            boolean counter,
            double before) {
        int status = answer.statusCode();
        if (status == 200) {
            return endpoint.wire().read(answer.body(), span, counter, before);
        }
        if (status >= 300 && status < 400) {
            return new Answer.Nothing(
                    "it answered %d, and redirects are not followed; serin.sources.%s.url must be where it leads"
                            .formatted(status, endpoint.name()));
        }
        var complaint = endpoint.wire().complaint(answer.body());
        return new Answer.Nothing(
                "it answered %d%s".formatted(status, complaint.isEmpty() ? "" : ", " + complaint));
    }

    private static String why(Throwable failed, Endpoint endpoint) {
        var cause =
                failed instanceof CompletionException && failed.getCause() != null
                        ? failed.getCause()
                        : failed;
        return switch (cause) {
            case TimeoutException _ ->
                    "no answer within %d ms".formatted(endpoint.timeout().toMillis());
            case ConnectException _ -> "no connection to it";
            case IOException _ -> "the connection broke, or the answer is over 1 MB";
            default -> "it could not be asked (%s)".formatted(cause.getClass().getSimpleName());
        };
    }
}
