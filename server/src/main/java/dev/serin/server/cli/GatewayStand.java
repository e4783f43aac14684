package dev.serin.server.cli;

import dev.serin.server.demo.ChaosPlan;
import dev.serin.server.demo.Faults;
import dev.serin.server.demo.GatewayPlan;
import dev.serin.server.standin.StandIn;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.provider.StandInModel;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The stand-in providers behind the demo's gateway. They listen before the server reads its settings,
/// and end with the process.
///
/// @param settings what Quarkus must be told to use them
/// @param faults the power over those that faults befall
record GatewayStand(Map<String, String> settings, Faults faults) {

    /// Starts them on any free ports.
    ///
    /// @param chaos whether there are some that faults befall
    static GatewayStand start(long seed, boolean chaos) {
        var vertx = Vertx.vertx(Provider.options());
        var models =
                Stream.of(
                                Profiles.GPT_3_5,
                                Profiles.GPT_4_GOOD,
                                Profiles.GPT_4_BAD,
                                ChaosPlan.BASELINE)
                        .map(profile -> new StandInModel(profile, seed))
                        .toList();
        var settings = new HashMap<String, String>();
        settings.put("serin.demo.gateway", "true");
        settings.put("serin.gateway.prices", GatewayPlan.PRICES);
        settings.put(address(GatewayPlan.PROVIDER), StandIn.start(vertx, 0, models).baseUrl());
        var faulty = new HashMap<String, StandIn>();
        for (var name : chaos ? ChaosPlan.providers() : List.<String>of()) {
            var each =
                    StandIn.start(vertx, 0, List.of(new StandInModel(ChaosPlan.CANDIDATE, seed)));
            faulty.put(name, each);
            settings.put(address(name), each.baseUrl());
            settings.put(setting(name, "FIRST_BYTE_TIMEOUT"), ChaosPlan.PATIENCE.toSeconds() + "s");
        }
        return new GatewayStand(
                settings,
                (provider, fault) -> Objects.requireNonNull(faulty.get(provider)).befall(fault));
    }

    private static String address(String provider) {
        return setting(provider, "BASE_URL");
    }

    private static String setting(String provider, String what) {
        return "SERIN_PROVIDERS_%s_%s".formatted(provider, what).toUpperCase(Locale.ROOT);
    }
}
