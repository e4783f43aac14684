package dev.serin.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All that is measured, and the stand-ins behind it, until it is closed.
final class Stage implements AutoCloseable {

    private static final String MODEL = "gpt-4-good";
    private static final String OTHER = "gpt-3.5";

    private final Deque<Running> running = new ArrayDeque<>();
    private final List<Target> targets = new ArrayList<>();
    private final Path directory;
    private final Running serin;
    private final Target held;
    private final boolean realTime;

    /// @param jar of the packaged program
    /// @param executable a native one that is measured in its place
    /// @param realTime whether event loops are to have real-time priority
    Stage(Path jar, Optional<Path> executable, boolean realTime)
            throws IOException, InterruptedException {
        this.realTime = realTime;
        directory = Files.createTempDirectory("serin-gateway-");
        try {
            int direct = standIn(jar, "stand-in", List.of("--instant"));
            int slow =
                    standIn(
                            jar,
                            "slow stand-in",
                            List.of(
                                    "--profile",
                                    slowProfile("slow"),
                                    "--profile",
                                    slowProfile("slow-2")));
            targets.add(new Target("direct", direct, MODEL));
            int bare = Running.freePort();
            start(
                    "bare proxy",
                    "listening",
                    Map.of(),
                    List.of(
                            Running.java(),
                            Running.COMPACT,
                            "-cp",
                            System.getProperty("java.class.path"),
                            BareProxy.class.getName(),
                            Integer.toString(bare),
                            Integer.toString(direct)));
            targets.add(new Target("bare proxy", bare, MODEL));
            nginx(direct);
            int port = Running.freePort();
            serin = serin(executable.map(Stage::line).orElse(line(jar)), port, direct, slow);
            begin(port, "bench", "standin/" + OTHER, "standin/" + MODEL);
            begin(port, "held", "slow/slow", "slow/slow-2");
            targets.add(new Target("Serin", port, "bench"));
            held = new Target("Serin", port, "held");
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    List<Target> targets() {
        return List.copyOf(targets);
    }

    Target target(String name) {
        return find(name).orElseThrow();
    }

    Optional<Target> find(String name) {
        return targets.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /// A route whose streams take twenty seconds.
    Target held() {
        return held;
    }

    Running serin() {
        return serin;
    }

    /// Has all that carry calls run as on machines of their own, if it is so wanted. Serin sees to it by
    /// itself, as it is set to.
    ///
    /// @return whether they do
    boolean takesPrecedence() throws IOException, InterruptedException {
        if (realTime) {
            RealTime.give(
                    running.stream()
                            .filter(it -> it != serin)
                            .map(it -> it.process().toHandle())
                            .toList());
        }
        return realTime;
    }

    private int standIn(Path jar, String name, List<String> options) throws IOException {
        int port = Running.freePort();
        var line =
                new ArrayList<>(
                        List.of(
                                Running.java(),
                                "-jar",
                                jar.toString(),
                                "provider",
                                "--port",
                                Integer.toString(port)));
        line.addAll(options);
        start(name, "It answers for", Map.of(), line);
        return port;
    }

    private String slowProfile(String name) throws IOException {
        var text =
                "name: %s\ntokensOut: 41\nttftMs: 200\nmsPerToken: 500\nerrorRate: 0%%\n"
                        .formatted(name);
        return Files.writeString(directory.resolve(name + ".yaml"), text).toString();
    }

    private void nginx(int upstream) throws IOException {
        var program =
                Stream.of(
                                "/usr/sbin/nginx",
                                "/usr/bin/nginx",
                                "/usr/local/bin/nginx",
                                "/opt/homebrew/bin/nginx")
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        if (program.isEmpty()) {
            System.out.println("nginx is not installed: measured without it");
            return;
        }
        int port = Running.freePort();
        var settings = directory.resolve("nginx.conf");
        Files.writeString(
                settings,
                """
                worker_processes auto; pid %1$s/nginx.pid; error_log stderr notice; daemon off;
                events { worker_connections 8192; }
                http {
                  access_log off; keepalive_requests 10000000;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/f;
                  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  upstream provider { server 127.0.0.1:%2$d; keepalive 256; keepalive_requests 10000000; }
                  server { listen 127.0.0.1:%3$d;
                    location / { proxy_pass http://provider; proxy_http_version 1.1;
                      proxy_set_header Connection ""; proxy_buffering off; } }
                }
                """
                        .formatted(directory, upstream, port));
        start(
                "nginx",
                "start worker process",
                Map.of(),
                List.of(program.get().toString(), "-c", settings.toString()));
        targets.add(new Target("nginx", port, MODEL));
    }

    /// What starts Serin.
    private static List<String> line(Path program) {
        return program.toString().endsWith(".jar")
                ? List.of(
                        Running.java(),
                        Running.COMPACT,
                        "-Xmx512m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        program.toString())
                : List.of(program.toString());
    }

    private Running serin(List<String> program, int port, int direct, int slow) throws IOException {
        return start(
                "Serin",
                "Serin: http",
                Map.of(
                        "SERIN_PROVIDERS_STANDIN_BASE_URL",
                        "http://127.0.0.1:%d/v1".formatted(direct),
                        "SERIN_PROVIDERS_STANDIN_API_KEY",
                        "any",
                        "SERIN_PROVIDERS_SLOW_BASE_URL",
                        "http://127.0.0.1:%d/v1".formatted(slow),
                        "SERIN_PROVIDERS_SLOW_API_KEY",
                        "any",
                        "SERIN_GATEWAY_REALTIME",
                        Boolean.toString(realTime)),
                Running.embedded(program, port, directory.resolve("data")));
    }

    /// A rollout that stays at half of the calls for as long as the run takes.
    private static void begin(int port, String route, String baseline, String candidate)
            throws IOException, InterruptedException {
        var plan =
                """
                route: %s
                baseline: %s
                candidate: %s
                key: request
                steps:
                  - { name: half, share: 50%%, duration: 24h }
                  - { name: full, share: 100%% }
                rollback:
                  - error_rate >= 50%%
                """
                        .formatted(route, baseline, candidate);
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:%d/api/v1/rollouts".formatted(port)))
                        .header("Content-Type", "application/yaml")
                        .POST(BodyPublishers.ofString(plan))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(
                        "the rollout did not start: %d %s"
                                .formatted(answer.statusCode(), answer.body()));
            }
        }
    }

    private Running start(String name, String word, Map<String, String> settings, List<String> line)
            throws IOException {
        var one = Running.start(name, directory, word, settings, line);
        running.push(one);
        return one;
    }

    @Override
    public void close() {
        running.forEach(Running::close);
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("%s was not removed: %s".formatted(directory, e));
        }
    }
}
