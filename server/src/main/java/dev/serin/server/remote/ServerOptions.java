package dev.serin.server.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serin.server.problem.WrongUse;
import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server is asked, and by whom.
final class ServerOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:SERIN_SERVER:-http://localhost:8080}",
            description = "the server's address (SERIN_SERVER; default: http://localhost:8080)")
    private String address = "";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SERIN_TOKEN}",
            description = "an API token; better set as SERIN_TOKEN, where nobody sees it")
    private @Nullable String token;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "${env:SERIN_USER}",
            description = "an account (SERIN_USER); its password is read from SERIN_PASSWORD")
    private @Nullable String user;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "who you are, where a server asks nobody to sign in")
    private @Nullable String said;

    RemoteServer server() {
        return new RemoteServer(uri(), authorization(System.getenv("SERIN_PASSWORD")));
    }

    private URI uri() {
        try {
            var uri = URI.create(address.strip().replaceAll("/+$", ""));
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below, like an address of another kind
        }
        throw new WrongUse(
                "--server %s: write an address such as https://serin.example.com"
                        .formatted(address.replaceAll("//[^/@]*@", "//…@")));
    }

    private @Nullable String authorization(@Nullable String password) {
        var proof = blankIsNull(token);
        var name = blankIsNull(user);
        if (proof != null) {
            if (!proof.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new WrongUse("--token: a token has no blanks, and only ASCII");
            }
            return "Bearer " + proof;
        }
        if (name != null) {
            if (password == null || password.isEmpty()) {
                throw new WrongUse("--user %s: set SERIN_PASSWORD too".formatted(name));
            }
            return basic(name, password);
        }
        return said == null ? null : basic(said, "");
    }

    private static String basic(String name, String password) {
        if (name.contains(":")) {
            throw new WrongUse("a name has no colon, got " + name);
        }
        return "Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    private static @Nullable String blankIsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
