package dev.serin.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.regex.Pattern;

/// What a service sends to Serin while people look at its pages.
final class Calls {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String account;

    Calls(String url) {
        this(url, null);
    }

    /// @param account name and password, as `ada:secret`; null where nobody signs in
    Calls(String url, String account) {
        this.url = url;
        this.account = account;
    }

    /// One step with a gate after it, passed as soon as its condition is met.
    static String plan(String route) {
        return """
        route: %s
        baseline: openai/gpt-3.5-turbo
        candidate: openai/gpt-4
        steps:
          - { name: half, share: 50%%, duration: 1s, gate: manual }
          - { name: full, share: 100%% }
        rollback:
          - error_rate >= 10%%
          - avg_cost_usd >= 0.10
        """
                .formatted(route);
    }

    /// @return the id of the rollout that it begins
    String start(String plan) throws IOException, InterruptedException {
        var answer = post("/api/v1/rollouts", "application/yaml", plan, 201);
        var id = ID.matcher(answer.body());
        if (!id.find()) {
            throw new AssertionError(answer.body());
        }
        return id.group(1);
    }

    /// Calls of both arms; those of the candidate fail as often as is said.
    ///
    /// @param failing of 100
    void send(String rollout, int calls, int failing) throws IOException, InterruptedException {
        var rows = new StringBuilder("[");
        for (int i = 0; i < calls; i++) {
            rows.append(i == 0 ? "" : ",")
                    .append(row("candidate", i % 100 < failing, 800 + i % 7))
                    .append(',')
                    .append(row("baseline", false, 400 + i % 7));
        }
        post(
                "/api/v1/rollouts/" + rollout + "/observations",
                "application/json",
                rows.append(']').toString(),
                200);
    }

    private static String row(String arm, boolean error, int latencyMs) {
        return "{\"arm\":\"%s\",\"error\":%s,\"latencyMs\":%d,\"costUsd\":0.01}"
                .formatted(arm, error, latencyMs);
    }

    private HttpResponse<String> post(String path, String type, String body, int expected)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body));
        if (account != null) {
            var basic = Base64.getEncoder().encodeToString(account.getBytes(UTF_8));
            request.header("Authorization", "Basic " + basic);
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new AssertionError(
                    "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer;
    }
}
