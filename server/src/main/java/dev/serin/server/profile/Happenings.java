package dev.serin.server.profile;

import dev.serin.engine.judge.Measure;
import dev.serin.server.planfile.Refusals;
import dev.serin.server.planfile.Section;
import dev.serin.server.planfile.Value;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Episode;
import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.profile.Verdict;
import dev.serin.simulator.traffic.Rhythm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what happens to calls: failures, labels, episodes, and when they come in.
final class Happenings {

    private static final Map<String, Episode.Kind> KINDS =
            Arrays.stream(Episode.Kind.values())
                    .collect(Collectors.toMap(Episode.Kind::key, Function.identity()));

    private static final Map<String, List<Double>> DAYS =
            Map.of("flat", Rhythm.FLAT, "chat", Rhythm.CHAT);

    private final Section document;
    private final Mending mending;

    Happenings(Section document, Mending mending) {
        this.document = document;
        this.mending = mending;
    }

    @Nullable Failures failures() {
        var written = document.need("errorRate", "write errorRate: 2%, or unknown");
        if (written == null) {
            return null;
        }
        var rate =
                isUnknown(written)
                        ? null
                        : mending.scalars().partOrAll(written, "errorRate", "a rate");
        double timeoutMs = Failures.USUAL_TIMEOUT_MS;
        var timeout = document.get("timeout");
        if (timeout != null) {
            var time = mending.scalars().someTime(timeout, "timeout");
            timeoutMs = time == null ? timeoutMs : time.toMillis();
        }
        var context =
                document.has("contextTokens")
                        ? mending.number(document, "contextTokens", 1, Mending.MOST)
                        : null;
        var classes = classes();
        double most = timeoutMs;
        var value = document.get("errors");
        return mending.made(
                value == null ? written : value,
                value == null ? "errorRate" : "errors",
                () -> new Failures(rate, classes, most, context));
    }

    static boolean isUnknown(Value value) {
        return value instanceof Value.Text(_, String text) && text.equals("unknown");
    }

    private List<Failures.ErrorClass> classes() {
        var classes = new ArrayList<Failures.ErrorClass>();
        for (var field : named("errors", "{ 5xx: 80%, timeout: 20% }")) {
            var path = "errors." + field.name();
            var share = mending.scalars().partOrAll(field.value(), path, "a share");
            var made =
                    share == null
                            ? null
                            : mending.made(
                                    field.value(),
                                    path,
                                    () -> new Failures.ErrorClass(field.name(), share));
            if (made != null) {
                classes.add(made);
            }
        }
        return classes;
    }

    List<Verdict> verdicts() {
        var verdicts = new ArrayList<Verdict>();
        for (var field : named("labels", "{ hallucination: { rate: 3% } }")) {
            var path = "labels." + field.name();
            var section = Section.open(field.value(), ProfileShape.LABEL, path, mending.refusals());
            if (section == null) {
                continue;
            }
            var rate = mending.part(section, "rate");
            double share = mending.part(section, "share", 1);
            double sigma = mending.number(section, "sigma", 0, Distribution.WIDEST, 0);
            var delay = time(section, "delay", Duration.ZERO);
            if (rate != null && delay != null) {
                verdicts.add(new Verdict(field.name(), rate, share, delay(delay, sigma)));
            }
        }
        return verdicts;
    }

    /// Numbers of a plan's own, by name.
    Map<String, Distribution> numbers() {
        var numbers = new LinkedHashMap<String, Distribution>();
        for (var field :
                named(
                        "numbers",
                        "{ output_words: { distribution: lognormal, median: 180, sigma: 0.6 } }")) {
            var path = "numbers." + Refusals.quoted(field.name());
            var name =
                    mending.made(field.value(), path, () -> new Measure.Named(field.name()).name());
            var spread = new Distributions(mending).read(field.value(), path);
            if (name != null && spread != null) {
                numbers.put(name, spread);
            }
        }
        return numbers;
    }

    private static Distribution delay(Duration median, double sigma) {
        return median.isZero()
                ? new Distribution.Constant(0)
                : new Distribution.Lognormal(median.toMillis(), sigma);
    }

    List<Episode> episodes() {
        var value = document.get("episodes");
        var items =
                value == null
                        ? null
                        : mending.scalars()
                                .items(value, "episodes", "{ kind: quota, every: 30d, lasts: 1h }");
        var episodes = new ArrayList<Episode>();
        for (int i = 0; items != null && i < items.size(); i++) {
            var episode = episode(items.get(i), "episodes[%d]".formatted(i));
            if (episode != null) {
                episodes.add(episode);
            }
        }
        return episodes;
    }

    private @Nullable Episode episode(Value value, String path) {
        var section = Section.open(value, ProfileShape.EPISODE, path, mending.refusals());
        if (section == null) {
            return null;
        }
        var written = section.need("kind", "write kind: " + String.join(", ", kinds()));
        var kind =
                written == null
                        ? null
                        : mending.scalars().word(written, section.path("kind"), KINDS);
        var every = time(section, "every", null);
        var lasts = time(section, "lasts", null);
        double share = mending.part(section, "share", 1);
        double times = mending.number(section, "times", 1, 1000, 1);
        return kind == null || every == null || lasts == null
                ? null
                : mending.made(value, path, () -> new Episode(kind, every, lasts, share, times));
    }

    private static List<String> kinds() {
        return KINDS.keySet().stream().sorted().toList();
    }

    @Nullable Rhythm arrivals() {
        var value = document.get("arrivals");
        var section =
                value == null
                        ? null
                        : Section.open(
                                value, ProfileShape.ARRIVALS, "arrivals", mending.refusals());
        if (value == null || section == null) {
            return null;
        }
        var perSecond = mending.number(section, "perSecond", 1e-6, 1e6);
        double shape = mending.number(section, "shape", 0.05, 100, 1);
        double swing = mending.number(section, "swing", 0, 3, 0);
        var daily = daily(section.get("daily"));
        return perSecond == null || daily == null
                ? null
                : mending.made(value, "arrivals", () -> new Rhythm(perSecond, shape, swing, daily));
    }

    private @Nullable List<Double> daily(@Nullable Value value) {
        if (value == null) {
            return Rhythm.FLAT;
        }
        if (!(value instanceof Value.Items(_, List<Value> items))) {
            return mending.scalars().word(value, "arrivals.daily", DAYS);
        }
        var weights = new ArrayList<Double>();
        for (var item : items) {
            var weight = mending.number(item, "arrivals.daily", 0, Mending.MOST);
            if (weight != null) {
                weights.add(weight);
            }
        }
        return weights;
    }

    /// A time above 0; null if it was refused, or is missing and has no usual one.
    private @Nullable Duration time(Section section, String name, @Nullable Duration usual) {
        var value =
                usual == null
                        ? section.need(name, "write %s: 5m".formatted(name))
                        : section.get(name);
        if (value == null) {
            return usual;
        }
        return usual == null
                ? mending.scalars().someTime(value, section.path(name))
                : mending.scalars().time(value, section.path(name));
    }

    private List<Value.Field> named(String name, String example) {
        var value = document.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Value.Fields fields) {
            return fields.fields();
        }
        mending.refusals().add(value, name, "a group of names belongs here; write " + example);
        return List.of();
    }
}
