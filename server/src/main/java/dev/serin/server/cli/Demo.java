package dev.serin.server.cli;

import dev.serin.server.demo.ChaosOnce;
import dev.serin.server.demo.DemoOnce;
import dev.serin.server.demo.GatewayOnce;
import dev.serin.server.demo.Terminal;
import dev.serin.server.problem.WrongUse;
import jakarta.enterprise.inject.spi.CDI;
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

    @Option(names = "--play", description = "press the button on the page")
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

    @Option(
            names = "--gateway",
            description = {
                "play A and B over sockets: a client, the gateway and a stand-in provider;",
                "with --once: in real time, two minutes"
            })
    private boolean gateway;

    @Option(
            names = "--chaos",
            description = {
                "let five faults befall five candidates' providers behind the gateway, and print what",
                "the callers met; a minute; with --once: end then"
            })
    private boolean chaos;

    @Option(names = "--json", description = "with --once: one JSON document on standard output")
    private boolean json;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws Exception {
        if (chaos && gateway) {
            throw new WrongUse("--gateway and --chaos are two demos: choose one");
        }
        boolean sockets = gateway || chaos;
        if (once && !sockets) {
            return new DemoOnce(seed).tell(json, Terminal.standard(), System.err);
        }
        if (json && !once) {
            throw new WrongUse("--json is for demo --once: add --once");
        }
        int chosen = Ports.choose(port);
        var settings =
                new HashMap<>(sockets ? database.apart("gateway-demo") : database.settings());
        settings.put("serin.mode", "demo");
        settings.put("serin.demo.play", Boolean.toString(play && !once && !chaos));
        settings.put("serin.demo.seed", Long.toString(seed));
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put(Ports.SETTING, Integer.toString(chosen));
        settings.put("quarkus.log.level", "WARN");
        // They warn of every connection and transaction that is open when the demo ends.
        settings.put("quarkus.log.category.\"io.agroal.pool\".level", "ERROR");
        settings.put("quarkus.log.category.\"com.arjuna.ats.jta\".level", "ERROR");
        if (!sockets) {
            return Boot.server(settings, Demo::sayWhere);
        }
        var stand = GatewayStand.start(seed, chaos);
        settings.putAll(stand.settings());
        if (once) {
            return Boot.serverFor(settings, () -> playOnce(stand));
        }
        return Boot.server(settings, () -> show(stand));
    }

    private int playOnce(GatewayStand stand) throws InterruptedException {
        var beans = CDI.current();
        return chaos
                ? beans.select(ChaosOnce.class)
                        .get()
                        .tell(stand.faults(), json, Terminal.standard(), System.err)
                : beans.select(GatewayOnce.class).get().tell(json, Terminal.standard(), System.err);
    }

    private void show(GatewayStand stand) {
        if (chaos) {
            CDI.current()
                    .select(ChaosOnce.class)
                    .get()
                    .onThePage(stand.faults(), play, Terminal.standard(), System.err);
        }
        sayWhere();
    }

    private static void sayWhere() {
        System.out.println("Serin demo: http://localhost:%s/".formatted(Serve.httpPort()));
    }
}
