package dev.serin.server.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import dev.serin.simulator.profile.Verdict;
import dev.serin.simulator.traffic.Rhythm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a fitted profile as a file that reads back as the same profile.
final class ProfileText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProfileText() {}

    /// YAML, with comments that say from how much it was fitted, how well, and what could not be.
    static String yaml(FittedProfile fitted) {
        var text = new StringBuilder();
        var recording = fitted.recording();
        text.append(
                "# Fitted by serin profile to %,d calls of %s%s.\n"
                        .formatted(
                                recording.inFile(),
                                Yaml.line(recording.file()),
                                recording.inFile() > recording.calls().size()
                                        ? " (an even sample of %,d)"
                                                .formatted(recording.calls().size())
                                        : ""));
        fitted.fits().forEach(fit -> text.append("# ").append(fit.text()).append('\n'));
        if (fitted.latency() != null) {
            text.append("# ").append(fitted.latency()).append('\n');
        }
        text.append("# Not fitted:\n");
        fitted.unknown().forEach(it -> text.append("# - ").append(it).append('\n'));
        document(fitted.profile(), fitted.arrivals())
                .forEach((field, value) ->
                        text.append(field).append(": ").append(Yaml.line(value)).append('\n'));
        return text.toString();
    }

    static ObjectNode json(FittedProfile fitted) {
        var node = JSON.createObjectNode();
        node.put("file", fitted.recording().file());
        node.put("calls", fitted.recording().inFile());
        node.set("profile", JSON.valueToTree(document(fitted.profile(), fitted.arrivals())));
        var fits = node.putArray("fits");
        for (var fit : fitted.fits()) {
            var one = fits.addObject();
            one.put("field", fit.field());
            one.put("calls", fit.data().count());
            one.put("distribution", DistributionText.name(fit.distribution()));
            one.putObject("data").put("p50", fit.data().at(0.5)).put("p95", fit.data().at(0.95));
            one.putObject("fitted")
                    .put("p50", fit.distribution().at(0.5))
                    .put("p95", fit.distribution().at(0.95));
        }
        node.put("latency", fitted.latency());
        var unknown = node.putArray("notFitted");
        fitted.unknown().forEach(unknown::add);
        return node;
    }

    /// The fields of a profile, in the order in which a person reads them.
    private static Map<String, Object> document(
            RealisticProfile profile, @Nullable Rhythm arrivals) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", profile.name());
        put(fields, "tokensIn", profile.tokensIn());
        put(fields, "tokensOut", profile.tokensOut());
        switch (profile.speed()) {
            case Speed.Streamed(var ttft, var perToken) -> {
                put(fields, "ttftMs", ttft);
                put(fields, "msPerToken", perToken);
            }
            case Speed.Whole(var latency) -> put(fields, "latencyMs", latency);
            case Speed.Unknown _ -> fields.put("latencyMs", "unknown");
        }
        failures(fields, profile.failures());
        var price = profile.price();
        if (price != null) {
            fields.put(
                    "price",
                    price.perCallUsd() > 0
                            ? Map.of("perCall", price.perCallUsd())
                            : ordered(
                                    "perMillionIn", price.inUsdPerMillion(),
                                    "perMillionOut", price.outUsdPerMillion()));
        }
        if (!profile.verdicts().isEmpty()) {
            var labels = new LinkedHashMap<String, Object>();
            profile.verdicts().forEach(it -> labels.put(it.label(), label(it)));
            fields.put("labels", labels);
        }
        if (!profile.numbers().isEmpty()) {
            var numbers = new LinkedHashMap<String, Object>();
            profile.numbers().forEach((name, of) -> put(numbers, name, of));
            fields.put("numbers", numbers);
        }
        if (arrivals != null) {
            var rhythm = ordered("perSecond", arrivals.perSecond(), "shape", arrivals.shape());
            rhythm.put("swing", arrivals.swing());
            fields.put("arrivals", rhythm);
        }
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Distribution of) {
        if (of != null) {
            fields.put(name, DistributionText.value(of));
        }
    }

    private static void failures(Map<String, Object> fields, Failures failures) {
        var rate = failures.rate();
        fields.put("errorRate", rate == null ? "unknown" : Spread.percent(rate));
        if (!failures.classes().isEmpty()) {
            var classes = new LinkedHashMap<String, Object>();
            failures.classes().forEach(it -> classes.put(it.name(), Spread.percent(it.share())));
            fields.put("errors", classes);
        }
    }

    private static Map<String, Object> label(Verdict verdict) {
        return ordered(
                "rate", Spread.percent(verdict.rate()), "share", Spread.percent(verdict.share()));
    }

    private static Map<String, Object> ordered(
            String name, Object value, String other, Object otherValue) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(name, value);
        fields.put(other, otherValue);
        return fields;
    }
}
