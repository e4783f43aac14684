package dev.serin.server.profile;

import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Distribution.ByTokensIn;
import dev.serin.simulator.profile.Distribution.Clipped;
import dev.serin.simulator.profile.Distribution.Constant;
import dev.serin.simulator.profile.Distribution.Lognormal;
import dev.serin.simulator.profile.Distribution.Mixture;
import dev.serin.simulator.profile.Distribution.Quantiles;
import dev.serin.simulator.profile.Distribution.Uniform;
import java.util.LinkedHashMap;
import java.util.Map;

/// Distributions as files write them.
final class DistributionText {

    private DistributionText() {}

    static String name(Distribution of) {
        return switch (of) {
            case Constant _ -> "constant";
            case Uniform _ -> "uniform";
            case Lognormal _ -> "lognormal";
            case Quantiles _ -> "quantiles";
            case Mixture _ -> "mixture";
            case ByTokensIn _ -> "by_tokens_in";
            case Clipped clipped -> name(clipped.of());
        };
    }

    /// The value of a field: a number for what is always the same, else named fields.
    static Object value(Distribution of) {
        return of instanceof Constant(double value) ? (Object) value : fields(of);
    }

    private static Map<String, Object> fields(Distribution of) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("distribution", name(of));
        switch (of) {
            case Constant(double value) -> fields.put("value", value);
            case Uniform(double low, double high) -> {
                fields.put("low", low);
                fields.put("high", high);
            }
            case Lognormal(double median, double sigma) -> {
                fields.put("median", median);
                fields.put("sigma", sigma);
            }
            case Quantiles(var points) -> {
                var named = new LinkedHashMap<String, Object>();
                points.forEach(it -> named.put(Spread.percent(it.part()), it.value()));
                fields.put("points", named);
            }
            case Mixture(var parts) ->
                    fields.put(
                            "parts",
                            parts.stream()
                                    .map(part -> {
                                        var one = new LinkedHashMap<String, Object>();
                                        one.put("weight", Spread.percent(part.weight()));
                                        one.putAll(fields(part.distribution()));
                                        return one;
                                    })
                                    .toList());
            case ByTokensIn(var prompts) ->
                    fields.put(
                            "points",
                            prompts.stream()
                                    .map(it -> {
                                        var one = new LinkedHashMap<String, Object>();
                                        one.put("tokensIn", it.tokensIn());
                                        one.put("median", it.median());
                                        one.put("below", it.below());
                                        one.put("above", it.above());
                                        return one;
                                    })
                                    .toList());
            case Clipped(var inner, double least, double most) -> {
                fields.putAll(fields(inner));
                fields.put("least", least);
                if (most < Double.POSITIVE_INFINITY) {
                    fields.put("most", most);
                }
            }
        }
        return fields;
    }
}
