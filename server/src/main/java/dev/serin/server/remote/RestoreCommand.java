package dev.serin.server.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The kill switch of a route.
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a route's model before back, at once: rolls back what is under way, or else starts",
            "a rollout that goes straight to the model before."
        })
public final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ROUTE", description = "the route's name")
    private String route = "";

    @Option(
            names = "--rollout",
            paramLabel = "ID",
            description = {
                "the rollout to undo; if by now another is under way, or has put its model on the",
                "route, nothing is changed"
            })
    private String undone = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "why; the journal keeps it")
    private String comment = "";

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    RestoreCommand() {}

    @Override
    public Integer call() {
        var server = options.server();
        // A blank in a path is no plus sign.
        var name = URLEncoder.encode(route, StandardCharsets.UTF_8).replace("+", "%20");
        var wish = RemoteServer.JSON.createObjectNode().put("comment", comment);
        if (!undone.isEmpty()) {
            wish.put("rollout", undone);
        }
        var answer = server.good(server.post("/api/v1/routes/" + name + "/restore", wish));
        var rollout = new ShownRollout(answer);
        spec.commandLine().getOut().println(json ? rollout.json() : rollout.line());
        return 0;
    }
}
