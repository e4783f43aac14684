package dev.serin.server.cli;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks a server whether it is ready: the health check of a container that holds nothing else.
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Asks a server whether it is ready; ends with 0 if it is.")
final class Health implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int OK = 200;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "where it answers (default: ${DEFAULT-VALUE})")
    private String server = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try (var http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(ready()).timeout(LIMIT).build(),
                            BodyHandlers.discarding());
            if (answer.statusCode() == OK) {
                return 0;
            }
            return say("%s is not ready: it answers %d".formatted(server, answer.statusCode()));
        } catch (IOException e) {
            return say("nobody answers at %s".formatted(server));
        }
    }

    private URI ready() {
        try {
            var address = URI.create(server.replaceAll("/+$", "") + "/q/health/ready");
            if ("http".equals(address.getScheme()) || "https".equals(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // Told below, as is an address of another kind.
        }
        throw new WrongUse("%s is no address of a server: http://HOST:PORT".formatted(server));
    }

    private int say(String line) {
        PrintWriter out = spec.commandLine().getErr();
        out.println("serin: " + line);
        out.flush();
        return Serin.FAILED;
    }
}
