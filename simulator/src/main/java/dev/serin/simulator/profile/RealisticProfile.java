package dev.serin.simulator.profile;

import dev.serin.engine.judge.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A model as it behaves in the field: answers of many lengths, a slow tail, failures that come in
/// episodes and hit every model of their provider at once.
///
/// @param name of the profile
/// @param provider whose fate it shares
/// @param tokensIn tokens of a prompt; null if unknown
/// @param tokensOut tokens of an answer; null if unknown
/// @param price null if unknown: calls then carry no cost, which is not 0
/// @param verdicts labels that answers carry; none of them twice
/// @param numbers of the plan's own that answers carry, by name
/// @param episodes what befalls it and its provider
/// @param fate seed of the episodes
public record RealisticProfile(
        String name,
        String provider,
        @Nullable Distribution tokensIn,
        @Nullable Distribution tokensOut,
        Speed speed,
        Failures failures,
        @Nullable Price price,
        List<Verdict> verdicts,
        Map<String, Distribution> numbers,
        List<Episode> episodes,
        long fate)
        implements ModelProfile {

    /// When a call takes place whose time nobody told: no episode is looked for.
    private static final @Nullable Instant NO_TIME = null;

    public RealisticProfile {
        verdicts = List.copyOf(verdicts);
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        episodes = List.copyOf(episodes);
        if (verdicts.stream().map(Verdict::label).distinct().count() < verdicts.size()) {
            throw new IllegalArgumentException("a label stands twice in " + verdicts);
        }
        if (speed instanceof Speed.Streamed && tokensOut == null) {
            throw new IllegalArgumentException("time per token needs the tokens of an answer");
        }
    }

    @Override
    public RealisticProfile under(long seed) {
        return new RealisticProfile(
                name, provider, tokensIn, tokensOut, speed, failures, price, verdicts, numbers,
                episodes, seed);
    }

    /// A call outside of all episodes.
    @Override
    public Call call(RandomGenerator random) {
        return draw(NO_TIME, random).call();
    }

    @Override
    public Call call(Instant at, RandomGenerator random) {
        return draw(at, random).call();
    }

    @Override
    public Exchange exchange(Instant at, RandomGenerator random) {
        return draw(at, random);
    }

    @Override
    public Duration labelDelay(String label, RandomGenerator random) {
        double u = random.nextDouble();
        return verdicts.stream()
                .filter(verdict -> verdict.label().equals(label))
                .findFirst()
                .map(verdict -> Duration.ofMillis(Math.round(verdict.delayMs().at(u))))
                .orElse(Duration.ZERO);
    }

    /// Draws seven numbers, two for each label and one for each number of the plan's own, whatever
    /// comes of them.
    private Exchange draw(@Nullable Instant at, RandomGenerator random) {
        double in = tokens(tokensIn, random.nextDouble(), 0);
        double out = tokens(tokensOut, random.nextDouble(), in);
        double first = random.nextDouble();
        double further = random.nextDouble();
        double fails = random.nextDouble();
        double why = random.nextDouble();
        double hit = random.nextDouble();
        var marks = marks(at, random);
        var own = own(in, random);
        double slower = times(Episode.Kind.LATENCY_SPIKE, at, hit);
        var times = times(slower, first, further, out);
        var error = error(at, in, fails, why, hit, times);
        var call = error == null ? answer(times, in, out, marks, own) : failure(error, times);
        return new Exchange(call, Double.isNaN(in) ? null : Long.valueOf((long) in));
    }

    private static double tokens(@Nullable Distribution of, double u, double tokensIn) {
        return of == null ? Double.NaN : Math.max(1, Math.rint(of.at(u, tokensIn)));
    }

    /// @param ttftMs NaN if unknown
    /// @param latencyMs NaN if unknown
    private record Times(double ttftMs, double latencyMs) {}

    private Times times(double slower, double first, double further, double out) {
        return switch (speed) {
            case Speed.Streamed(var ttft, var perToken) -> {
                double ttftMs = slower * ttft.at(first);
                yield new Times(ttftMs, ttftMs + slower * perToken.at(further) * (out - 1));
            }
            case Speed.Whole(var latency) -> new Times(Double.NaN, slower * latency.at(first));
            case Speed.Unknown _ -> new Times(Double.NaN, Double.NaN);
        };
    }

    /// Why the call fails; null if it does not.
    private @Nullable String error(
            @Nullable Instant at, double in, double fails, double why, double hit, Times times) {
        if (failures.overflows(in)) {
            return Failures.CONTEXT_OVERFLOW;
        }
        for (var episode : episodes) {
            boolean fatal =
                    switch (episode.kind()) {
                        case FULL_OUTAGE, QUOTA -> true;
                        case PARTIAL_OUTAGE, RATE_LIMIT -> hit < episode.share();
                        case LATENCY_SPIKE, QUALITY_DRIFT -> false;
                    };
            if (fatal && isOn(episode, at)) {
                return episode.kind().errorClass();
            }
        }
        if (failures.strikes(fails)) {
            return failures.classAt(why);
        }
        return times.latencyMs() > failures.timeoutMs() ? Call.TIMEOUT : null;
    }

    /// Whoever refuses a call does so as soon as another would have its first token.
    private Call failure(String errorClass, Times times) {
        double ms =
                errorClass.equals(Call.TIMEOUT)
                        ? failures.timeoutMs()
                        : Double.isNaN(times.ttftMs()) ? times.latencyMs() : times.ttftMs();
        var cost = price == null ? null : (Double) 0.0;
        var latency =
                speed instanceof Speed.Unknown ? null : known(Math.min(ms, failures.timeoutMs()));
        return new Call(true, errorClass, latency, null, cost, null, Map.of());
    }

    private Call answer(
            Times times,
            double in,
            double out,
            Map<String, Boolean> marks,
            Map<String, Double> own) {
        return new Call(
                failures.rate() == null ? null : Boolean.FALSE,
                null,
                known(times.latencyMs()),
                known(times.ttftMs()),
                price == null ? null : (Double) price.of(orNothing(in), orNothing(out)),
                Double.isNaN(out) ? null : Long.valueOf((long) out),
                marks,
                Map.of(),
                own,
                false);
    }

    private Map<String, Double> own(double in, RandomGenerator random) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        var own = new HashMap<String, Double>();
        numbers.forEach((name, of) -> {
            double value = of.at(random.nextDouble(), orNothing(in));
            own.put(name, Math.min(value, Call.MOST_NUMBER));
        });
        return own;
    }

    private Map<String, Boolean> marks(@Nullable Instant at, RandomGenerator random) {
        var marks = new HashMap<String, Boolean>();
        double worse = verdicts.isEmpty() ? 1 : times(Episode.Kind.QUALITY_DRIFT, at, 0);
        for (var verdict : verdicts) {
            boolean labelled = random.nextDouble() < verdict.share();
            boolean bad = random.nextDouble() < verdict.rate() * worse;
            if (labelled) {
                marks.put(verdict.label(), bad);
            }
        }
        return marks;
    }

    private double times(Episode.Kind kind, @Nullable Instant at, double hit) {
        return episodes.stream()
                .filter(episode -> episode.kind() == kind && hit < episode.share())
                .filter(episode -> isOn(episode, at))
                .mapToDouble(Episode::times)
                .max()
                .orElse(1);
    }

    private boolean isOn(Episode episode, @Nullable Instant at) {
        if (at == null) {
            return false;
        }
        var whose = episode.kind().isShared() ? provider : provider + '/' + name;
        return episode.isOn(at, Episode.mix(fate) ^ Episode.mix(whose.hashCode()));
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    private static double orNothing(double tokens) {
        return Double.isNaN(tokens) ? 0 : tokens;
    }
}
