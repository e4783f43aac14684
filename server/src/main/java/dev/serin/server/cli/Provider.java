package dev.serin.server.cli;

import dev.serin.server.problem.WrongUse;
import dev.serin.server.profile.ProfileFiles;
import dev.serin.server.standin.StandIn;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.provider.Fault;
import dev.serin.simulator.provider.InstantProfile;
import dev.serin.simulator.provider.StandInModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a stand-in for a provider until it is told to stop.
@Command(
        name = "provider",
        mixinStandardHelpOptions = true,
        description = {
            "Stands in for an OpenAI-compatible provider, on this machine only: models answer as their",
            "profiles say. Any key will do."
        })
final class Provider implements Callable<Integer> {

    private static final int USUAL_PORT = 8090;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "listen here, 0 for any free port (default: 8090)")
    private int port = USUAL_PORT;

    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            description = {
                "a model by its profile: one that comes along, or a file; may be given again",
                "(default: all that come along)"
            })
    private List<String> profiles = List.of();

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description = {
                "what befalls it: latency_spike, partial_outage, full_outage, rate_limit, quota,",
                "context_overflow or quality_drift"
            })
    private @Nullable String fault;

    @Option(
            names = "--instant",
            description = {
                "answer at once and always alike, and fail only by --fault: to measure what stands",
                "before it"
            })
    private boolean instant;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the same number gives the same answers (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var befalling = fault == null ? null : fault(fault);
        var models = models();
        int chosen = Ports.choose(port);
        var vertx = Vertx.vertx(options());
        var standIn = StandIn.start(vertx, chosen, models);
        standIn.befall(befalling);
        say(standIn, models, befalling);
        // It ends with the process.
        new CountDownLatch(1).await();
        return 0;
    }

    private static Fault fault(String name) {
        return Fault.named(name)
                .orElseThrow(() ->
                        new WrongUse(
                                "--fault %s: there is no such fault; write one of %s"
                                        .formatted(name, String.join(", ", Fault.keys()))));
    }

    private List<StandInModel> models() {
        var models = new ArrayList<StandInModel>();
        var names = new HashSet<String>();
        for (var asked : profiles.isEmpty() ? ProfileFiles.SHIPPED : profiles) {
            var profile = profile(asked);
            if (!names.add(profile.name())) {
                throw new WrongUse(
                        "--profile %s: two profiles are named %s; change the name in one file"
                                .formatted(asked, profile.name()));
            }
            models.add(
                    new StandInModel(instant ? new InstantProfile(profile.name()) : profile, seed));
        }
        return models;
    }

    private static ModelProfile profile(String asked) {
        try {
            return ProfileFiles.named(asked).profile();
        } catch (WrongUse e) {
            throw new WrongUse("--profile " + e.getMessage());
        }
    }

    /// An event loop for each processor, and no files of its own.
    static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setFileSystemOptions(
                        new FileSystemOptions()
                                .setClassPathResolvingEnabled(false)
                                .setFileCachingEnabled(false));
    }

    private void say(StandIn standIn, List<StandInModel> models, @Nullable Fault befalling) {
        var out = spec.commandLine().getOut();
        out.println("Stand-in provider: " + standIn.baseUrl());
        out.println(
                models.stream()
                        .map(StandInModel::name)
                        .collect(Collectors.joining(", ", "It answers for ", ".")));
        if (befalling != null) {
            out.println("It is befallen: %s.".formatted(befalling.meaning()));
        }
        out.flush();
    }
}
