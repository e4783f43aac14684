package dev.serin.server.route;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.breaker.Breakers;
import dev.serin.server.provider.Provider;
import dev.serin.server.provider.Providers;
import dev.serin.server.rollout.RouteStories;
import dev.serin.web.rollout.Fact;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What this server knows of the providers of a route's models.
@ApplicationScoped
class Gateways {

    private final Providers providers;
    private final Breakers breakers;
    private final Flights flights;
    private final Copies copies;

    Gateways(Providers providers, Breakers breakers, Flights flights, Copies copies) {
        this.providers = providers;
        this.breakers = breakers;
        this.flights = flights;
        this.copies = copies;
    }

    /// Which providers rest, and how many calls are in flight; empty where none of the models is called
    /// through Serin.
    List<Fact> facts(RouteStories.Route route) {
        var models = new LinkedHashSet<String>();
        models.add(route.model());
        var active = route.active();
        if (active != null) {
            models.add(active.story().plan().candidate());
        }
        var names = new LinkedHashSet<String>();
        models.stream()
                .map(providers::of)
                .flatMap(Optional::stream)
                .map(Provider.Model::provider)
                .forEach(provider -> names.add(provider.name()));
        var facts = new ArrayList<Fact>();
        names.forEach(name -> facts.add(provider(name)));
        if (!names.isEmpty()) {
            facts.add(flights(route.name()));
            copies(route.name()).ifPresent(facts::add);
        }
        return facts;
    }

    private Fact provider(String name) {
        var breaker = breakers.of(name);
        long now = System.nanoTime();
        var title = "Provider " + name;
        return switch (breaker.state(now)) {
            case CLOSED -> new Fact(title, "is called", "");
            case TRYING -> new Fact(title, "is tried again", "failed too often");
            case OPEN ->
                    new Fact(
                            title,
                            "rests",
                            "failed too often; tried again in %d s, a candidate's calls go to the baseline"
                                    .formatted(breaker.rest(now).toSeconds() + 1));
        };
    }

    private Optional<Fact> copies(String route) {
        long sent = copies.of(route, Copies.What.SENT);
        long busy = copies.of(route, Copies.What.BUSY);
        long cost = copies.of(route, Copies.What.COST);
        long resting = copies.of(route, Copies.What.RESTING);
        long leftOut = busy + cost + resting;
        if (sent + leftOut == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Fact(
                        "Copies for shadow steps",
                        "%d sent, %d left out".formatted(sent, leftOut),
                        leftOut == 0
                                ? "through this server"
                                : "%d too many at once, %d over what copies may cost, %d while the provider rested; through this server"
                                        .formatted(busy, cost, resting)));
    }

    private Fact flights(String route) {
        return new Fact(
                "In flight",
                "%d baseline, %d candidate"
                        .formatted(
                                flights.of(route, Arm.BASELINE), flights.of(route, Arm.CANDIDATE)),
                "through this server");
    }
}
