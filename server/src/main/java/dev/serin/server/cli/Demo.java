package dev.serin.server.cli;

import dev.serin.server.demo.DemoOnce;
import dev.serin.server.demo.Terminal;
import dev.serin.server.problem.WrongUse;
import java.util.HashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows Serin at work on simulated traffic, on this machine only.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Shows Serin at work on simulated traffic, on this machine only.")
final class Demo implements Callable<Integer> {

    @Option(names = "--play", description = "press the button Play both")
    private boolean play;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the same number gives the same traffic (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "listen here (default: 8080, or the next free one)")
    private @Nullable Integer port;

    @Option(
            names = "--once",
            description = {
                "play the three scenarios in virtual time, print their tables and end;",
                "ends 0 only if each ended as it must"
            })
    private boolean once;

    @Option(names = "--json", description = "with --once: one JSON document on standard output")
    private boolean json;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws Exception {
        if (once) {
            return new DemoOnce(seed).tell(json, Terminal.standard(), System.err);
        }
        if (json) {
            throw new WrongUse("--json is for demo --once: add --once");
        }
        int chosen = Ports.choose(port);
        var settings = new HashMap<>(database.settings());
        settings.put("serin.mode", "demo");
        settings.put("serin.demo.play", Boolean.toString(play));
        settings.put("serin.demo.seed", Long.toString(seed));
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put(Ports.SETTING, Integer.toString(chosen));
        settings.put("quarkus.log.level", "WARN");
        return Boot.server(settings, Demo::sayWhere);
    }

    private static void sayWhere() {
        System.out.println("Serin demo: http://localhost:%s/".formatted(Serve.httpPort()));
    }
}
