package dev.serin.server.profile;

import dev.serin.server.planfile.Section;
import dev.serin.server.planfile.Value;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Distribution.ByTokensIn;
import dev.serin.simulator.profile.Distribution.Clipped;
import dev.serin.simulator.profile.Distribution.Constant;
import dev.serin.simulator.profile.Distribution.Lognormal;
import dev.serin.simulator.profile.Distribution.Mixture;
import dev.serin.simulator.profile.Distribution.Quantiles;
import dev.serin.simulator.profile.Distribution.Uniform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads distributions: a number alone is always the same.
final class Distributions {

    private static final Map<String, ProfileShape> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("constant", ProfileShape.CONSTANT);
        BY_NAME.put("uniform", ProfileShape.UNIFORM);
        BY_NAME.put("lognormal", ProfileShape.LOGNORMAL);
        BY_NAME.put("quantiles", ProfileShape.QUANTILES);
        BY_NAME.put("mixture", ProfileShape.MIXTURE);
        BY_NAME.put("by_tokens_in", ProfileShape.BY_TOKENS_IN);
    }

    private final Mending mending;

    Distributions(Mending mending) {
        this.mending = mending;
    }

    @Nullable Distribution read(Value value, String path) {
        if (value instanceof Value.Numeric) {
            var number = mending.number(value, path, 0, Mending.MOST);
            return number == null ? null : new Constant(number);
        }
        if (!(value instanceof Value.Fields fields)) {
            return mending.scalars()
                    .refuse(
                            value,
                            path,
                            "a distribution belongs here; write { distribution: lognormal,"
                                    + " median: 900, sigma: 0.35 }");
        }
        var shape = shape(fields, path);
        var section = shape == null ? null : Section.open(value, shape, path, mending.refusals());
        return shape == null || section == null ? null : clipped(section, shape, value, path);
    }

    private @Nullable ProfileShape shape(Value.Fields fields, String path) {
        for (var field : fields.fields()) {
            if (field.name().equals("distribution")) {
                return mending.scalars().word(field.value(), path + ".distribution", BY_NAME);
            }
        }
        mending.refusals()
                .add(
                        fields.place(),
                        path + ".distribution",
                        "",
                        "distribution is missing; write distribution: one of "
                                + String.join(", ", BY_NAME.keySet()));
        return null;
    }

    private @Nullable Distribution clipped(
            Section section, ProfileShape shape, Value value, String path) {
        var of = bare(section, shape, value, path);
        if (of == null || !(section.has("least") || section.has("most"))) {
            return of;
        }
        double least = mending.number(section, "least", 0, Mending.MOST, 0);
        double most = mending.number(section, "most", 0, Mending.MOST, Double.POSITIVE_INFINITY);
        return mending.made(value, path, () -> new Clipped(of, least, most));
    }

    private @Nullable Distribution bare(
            Section section, ProfileShape shape, Value value, String path) {
        return switch (shape) {
            case CONSTANT -> {
                var of = mending.number(section, "value", 0, Mending.MOST);
                yield of == null ? null : new Constant(of);
            }
            case UNIFORM -> {
                var low = mending.number(section, "low", 0, Mending.MOST);
                var high = mending.number(section, "high", 0, Mending.MOST);
                yield low == null || high == null
                        ? null
                        : mending.made(value, path, () -> new Uniform(low, high));
            }
            case LOGNORMAL -> {
                var median = mending.number(section, "median", 1e-9, Mending.MOST);
                var sigma = mending.number(section, "sigma", 0, Distribution.WIDEST);
                yield median == null || sigma == null ? null : new Lognormal(median, sigma);
            }
            case QUANTILES -> quantiles(section, value, path);
            case MIXTURE -> mixture(section, value, path);
            case BY_TOKENS_IN -> byTokensIn(section, value, path);
            case REALISTIC, ORIGINAL, PRICE, LABEL, EPISODE, ARRIVALS, PROMPT ->
                    throw new IllegalArgumentException(shape + " is no distribution");
        };
    }

    private @Nullable Distribution quantiles(Section section, Value value, String path) {
        var written = section.need("points", "write points: { 0%: 10, 50%: 20, 100%: 90 }");
        if (written == null) {
            return null;
        }
        var at = section.path("points");
        if (!(written instanceof Value.Fields fields)) {
            return mending.scalars()
                    .refuse(
                            written,
                            at,
                            "parts with values belong here; write { 0%: 10, 100%: 90 }");
        }
        var points = new ArrayList<Quantiles.Point>();
        for (var field : fields.fields()) {
            var name = new Value.Text(field.place(), field.name());
            var part = mending.scalars().partOrAll(name, at, "a part");
            var number = mending.number(field.value(), at + "." + field.name(), 0, Mending.MOST);
            if (part != null && number != null) {
                points.add(new Quantiles.Point(part, number));
            }
        }
        return mending.made(value, path, () -> new Quantiles(points));
    }

    private @Nullable Distribution mixture(Section section, Value value, String path) {
        var written = section.need("parts", "write parts: [{ weight: 100%, … }]");
        var at = section.path("parts");
        var items =
                written == null
                        ? null
                        : mending.scalars().items(written, at, "{ weight: 60%, distribution: … }");
        if (items == null) {
            return null;
        }
        var parts = new ArrayList<Mixture.Part>();
        for (int i = 0; i < items.size(); i++) {
            var part = part(items.get(i), "%s[%d]".formatted(at, i));
            if (part != null) {
                parts.add(part);
            }
        }
        return mending.made(value, path, () -> new Mixture(parts));
    }

    /// A part is a distribution with one field more.
    private Mixture.@Nullable Part part(Value value, String path) {
        if (!(value instanceof Value.Fields fields)) {
            return mending.scalars().refuse(value, path, "write { weight: 60%, distribution: … }");
        }
        var rest = new ArrayList<>(fields.fields());
        var weights = rest.stream().filter(field -> field.name().equals("weight")).toList();
        rest.removeAll(weights);
        var of = read(new Value.Fields(fields.place(), rest), path);
        if (weights.isEmpty()) {
            mending.refusals()
                    .add(
                            fields.place(),
                            path + ".weight",
                            "",
                            "weight is missing; write weight: 60%");
            return null;
        }
        var weight =
                mending.scalars()
                        .partOrAll(weights.getFirst().value(), path + ".weight", "a weight");
        return of == null || weight == null
                ? null
                : mending.made(value, path, () -> new Mixture.Part(weight, of));
    }

    private @Nullable Distribution byTokensIn(Section section, Value value, String path) {
        var example = "{ tokensIn: 100, median: 140, below: 1.1, above: 0.7 }";
        var written = section.need("points", "write points: [" + example + "]");
        var at = section.path("points");
        var items = written == null ? null : mending.scalars().items(written, at, example);
        if (items == null) {
            return null;
        }
        var points = new ArrayList<ByTokensIn.Prompt>();
        for (int i = 0; i < items.size(); i++) {
            var point =
                    Section.open(
                            items.get(i),
                            ProfileShape.PROMPT,
                            "%s[%d]".formatted(at, i),
                            mending.refusals());
            if (point == null) {
                continue;
            }
            var tokensIn = mending.number(point, "tokensIn", 1, Mending.MOST);
            var median = mending.number(point, "median", 1e-9, Mending.MOST);
            var below = mending.number(point, "below", 0, Distribution.WIDEST);
            var above = mending.number(point, "above", 0, Distribution.WIDEST);
            if (tokensIn != null && median != null && below != null && above != null) {
                points.add(new ByTokensIn.Prompt(tokensIn, median, below, above));
            }
        }
        return mending.made(value, path, () -> new ByTokensIn(points));
    }
}
