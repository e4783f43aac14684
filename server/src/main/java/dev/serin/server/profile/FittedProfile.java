package dev.serin.server.profile;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Quantity;
import dev.serin.server.replay.RecordedCall;
import dev.serin.server.replay.Recording;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.profile.Price;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import dev.serin.simulator.profile.Verdict;
import dev.serin.simulator.traffic.Rhythm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A profile that was fitted to recorded calls.
///
/// @param fits each quantity with what it was fitted to
/// @param unknown what the calls did not say, a sentence each
/// @param latency the profile's own latencies beside the recorded ones, in a line; null without any
record FittedProfile(
        Recording recording,
        RealisticProfile profile,
        @Nullable Rhythm arrivals,
        List<Fit> fits,
        List<String> unknown,
        @Nullable String latency) {

    private static final int PLAYED = 20_000;

    FittedProfile {
        fits = List.copyOf(fits);
        unknown = List.copyOf(unknown);
    }

    /// @param labels that are looked for
    /// @param numbers of a plan's own that are looked for
    static FittedProfile of(
            Recording recording, String name, Set<String> labels, Set<String> numbers) {
        return new Fitting(recording, name, labels, numbers).fit();
    }

    private static final class Fitting {

        private final Recording recording;
        private final String name;
        private final Set<String> labels;
        private final Set<String> numbered;
        private final List<RecordedCall> answers;
        private final List<Fit> fits = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        Fitting(Recording recording, String name, Set<String> labels, Set<String> numbered) {
            this.recording = recording;
            this.name = name;
            this.labels = labels;
            this.numbered = numbered;
            this.answers = recording.answers();
        }

        FittedProfile fit() {
            var tokensIn =
                    fit(
                            "tokensIn",
                            values(RecordedCall::tokensIn),
                            "no call says how many tokens its prompt had");
            var tokensOut =
                    fit(
                            "tokensOut",
                            measured(Quantity.TOKENS_OUT),
                            "no call says how many tokens its answer had");
            var speed = speed(tokensOut);
            var profile =
                    new RealisticProfile(
                            name,
                            name,
                            tokensIn,
                            tokensOut,
                            speed,
                            failures(),
                            price(),
                            verdicts(),
                            numbers(),
                            List.of(),
                            0);
            var arrivals = arrivals();
            unknown.add("episodes: what befalls a provider shows only over weeks; write your own");
            return new FittedProfile(recording, profile, arrivals, fits, unknown, latency(profile));
        }

        private @Nullable Distribution fit(String field, Spread data, String otherwise) {
            if (data.isEmpty()) {
                unknown.add(field + ": " + otherwise);
                return null;
            }
            var fit = Fit.of(field, data);
            fits.add(fit);
            return fit.distribution();
        }

        private Speed speed(@Nullable Distribution tokensOut) {
            var latency = measured(Quantity.LATENCY_MS);
            if (latency.isEmpty()) {
                unknown.add("latencyMs: no call says how long it took");
                return new Speed.Unknown();
            }
            var ttft = measured(Quantity.TTFT_MS);
            var perToken = measured(Quantity.MS_PER_TOKEN);
            if (tokensOut == null || ttft.isEmpty() || perToken.isEmpty()) {
                unknown.add("ttftMs, msPerToken: the calls say only how long all of it took");
                return new Speed.Whole(Objects.requireNonNull(fit("latencyMs", latency, "")));
            }
            return new Speed.Streamed(
                    Objects.requireNonNull(fit("ttftMs", ttft, "")),
                    Objects.requireNonNull(fit("msPerToken", perToken, "")));
        }

        private Failures failures() {
            var known = recording.calls().stream().filter(it -> it.call().error() != null).toList();
            if (known.isEmpty()) {
                unknown.add("errorRate: no call says whether it failed");
                return new Failures(null, List.of(), Failures.USUAL_TIMEOUT_MS, null);
            }
            var failed =
                    known.stream()
                            .map(RecordedCall::call)
                            .filter(it -> Boolean.TRUE.equals(it.error()))
                            .toList();
            return new Failures(
                    Spread.rounded(failed.size() / (double) known.size()),
                    classes(failed),
                    Failures.USUAL_TIMEOUT_MS,
                    null);
        }

        /// The commonest class takes what rounding leaves.
        private static List<Failures.ErrorClass> classes(List<Call> failed) {
            var counts =
                    failed.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            it ->
                                                    Objects.requireNonNullElse(
                                                            it.errorClass(), "unknown"),
                                            TreeMap::new,
                                            Collectors.counting()));
            var classes = new ArrayList<Failures.ErrorClass>();
            double left = 1;
            var byCount = counts.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
            for (int i = 0; i < byCount.size(); i++) {
                double share = Spread.rounded(byCount.get(i).getValue() / (double) failed.size());
                boolean last = i == byCount.size() - 1;
                classes.addFirst(
                        new Failures.ErrorClass(
                                byCount.get(i).getKey(),
                                last ? Math.rint(left * 1e9) / 1e9 : share));
                left -= share;
            }
            return classes;
        }

        private @Nullable Price price() {
            var costs = values(it -> it.call().costUsd());
            if (costs.isEmpty()) {
                unknown.add("price: no call says what it cost");
                return null;
            }
            return PriceFit.of(answers, costs);
        }

        private List<Verdict> verdicts() {
            var verdicts = new ArrayList<Verdict>();
            for (var label : labels.stream().sorted().toList()) {
                var marks =
                        answers.stream()
                                .map(it -> it.call().labels().get(label))
                                .filter(Objects::nonNull)
                                .toList();
                if (marks.isEmpty()) {
                    unknown.add("labels." + label + ": no call carries it");
                    continue;
                }
                long bad = marks.stream().filter(Boolean.TRUE::equals).count();
                verdicts.add(
                        new Verdict(
                                label,
                                Spread.rounded(bad / (double) marks.size()),
                                Spread.rounded(marks.size() / (double) answers.size()),
                                new Distribution.Constant(0)));
                unknown.add("labels." + label + ".delay: the calls do not say when it arrived");
            }
            return verdicts;
        }

        private Map<String, Distribution> numbers() {
            var numbers = new TreeMap<String, Distribution>();
            for (var number : numbered.stream().sorted().toList()) {
                var spread =
                        fit(
                                "numbers." + number,
                                values(it -> it.call().numbers().get(number)),
                                "no call carries it");
                if (spread != null) {
                    numbers.put(number, spread);
                }
            }
            return numbers;
        }

        private @Nullable Rhythm arrivals() {
            var times = new ArrayList<Instant>();
            for (var call : recording.calls()) {
                var at = call.at();
                if (at != null) {
                    times.add(at);
                }
            }
            if (times.size() < recording.inFile()) {
                unknown.add(
                        times.isEmpty()
                                ? "arrivals: no call says when it began"
                                : "arrivals: they need the time of every call");
                return null;
            }
            var rhythm = RhythmFit.of(times);
            unknown.add(
                    rhythm == null
                            ? "arrivals: there are too few calls to tell a rhythm"
                            : "arrivals.daily: a day's course shows only over days");
            return rhythm;
        }

        /// Both tokens and times come from the profile, so that this says whether they fit together.
        private @Nullable String latency(RealisticProfile profile) {
            var recorded = measured(Quantity.LATENCY_MS);
            if (recorded.isEmpty()) {
                return null;
            }
            var random = new SplittableRandom(1);
            var played =
                    Spread.of(
                            IntStream.range(0, PLAYED)
                                    .mapToObj(_ -> profile.call(random))
                                    .filter(it -> !Boolean.TRUE.equals(it.error()))
                                    .map(Call::latencyMs)
                                    .filter(Objects::nonNull)
                                    .mapToDouble(Double::doubleValue));
            return played.isEmpty()
                    ? null
                    : "latency in ms: p50 %s, p95 %s of %,d calls; the profile's p50 %s, p95 %s"
                            .formatted(
                                    Spread.shown(recorded.at(0.5)),
                                    Spread.shown(recorded.at(0.95)),
                                    recorded.count(),
                                    Spread.shown(played.at(0.5)),
                                    Spread.shown(played.at(0.95)));
        }

        private Spread measured(Quantity quantity) {
            return values(it -> it.call().measure(quantity));
        }

        private Spread values(Function<RecordedCall, ? extends @Nullable Number> of) {
            return Spread.of(
                    answers.stream()
                            .flatMapToDouble(it -> {
                                var value = of.apply(it);
                                return value == null
                                        ? DoubleStream.empty()
                                        : DoubleStream.of(value.doubleValue());
                            }));
        }
    }
}
