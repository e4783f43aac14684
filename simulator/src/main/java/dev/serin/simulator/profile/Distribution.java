package dev.serin.simulator.profile;

import java.util.Comparator;
import java.util.List;

/// How a quantity of a call is spread, in the quantity's unit.
///
/// Each call spends exactly one random number on it, so that two profiles that differ in one
/// distribution differ in nothing else under the same seed.
public sealed interface Distribution {

    /// The value that belongs to a random number.
    ///
    /// @param u 0 to 1, evenly spread
    /// @param tokensIn tokens of the prompt; only [ByTokensIn] reads it
    double at(double u, double tokensIn);

    /// The value below which the part `u` of all values lies, where prompts do not matter.
    default double at(double u) {
        return at(u, 0);
    }

    /// Always the same.
    ///
    /// @param value 0 or more
    record Constant(double value) implements Distribution {

        public Constant {
            require(value >= 0 && value < MOST, "a value is 0 or more", value);
        }

        @Override
        public double at(double u, double tokensIn) {
            return value;
        }
    }

    /// Evenly between two values.
    ///
    /// @param low 0 or more
    /// @param high at least `low`
    record Uniform(double low, double high) implements Distribution {

        public Uniform {
            require(low >= 0 && low < MOST, "low is 0 or more", low);
            require(high >= low && high < MOST, "high is at least low", high);
        }

        @Override
        public double at(double u, double tokensIn) {
            return low + u * (high - low);
        }
    }

    /// Its logarithm is normal.
    ///
    /// @param median above 0
    /// @param sigma standard deviation of the logarithm, 0 to 5
    record Lognormal(double median, double sigma) implements Distribution {

        public Lognormal {
            require(median > 0 && median < MOST, "a median is above 0", median);
            require(sigma >= 0 && sigma <= WIDEST, "a sigma is 0 to 5", sigma);
        }

        @Override
        public double at(double u, double tokensIn) {
            return median * Math.exp(sigma * Normal.quantile(u));
        }
    }

    /// Known at some points, and straight between them.
    ///
    /// @param points by their part, the first at 0 and the last at 1; values never fall
    record Quantiles(List<Point> points) implements Distribution {

        /// One known value.
        ///
        /// @param part of all values that lies below `value`, 0 to 1
        /// @param value 0 or more
        public record Point(double part, double value) {

            public Point {
                require(part >= 0 && part <= 1, "a part is 0 to 1", part);
                require(value >= 0 && value < MOST, "a value is 0 or more", value);
            }
        }

        public Quantiles {
            points = List.copyOf(points);
            require(points.size() >= 2, "quantiles are two or more", points.size());
            require(points.getFirst().part() == 0, "the first is 0%", points.getFirst().part());
            require(points.getLast().part() == 1, "the last is 100%", points.getLast().part());
            for (int i = 1; i < points.size(); i++) {
                var before = points.get(i - 1);
                var point = points.get(i);
                require(point.part() > before.part(), "quantiles rise", point.part());
                require(point.value() >= before.value(), "values never fall", point.value());
            }
        }

        @Override
        public double at(double u, double tokensIn) {
            int next = 1;
            while (next < points.size() - 1 && points.get(next).part() < u) {
                next++;
            }
            var low = points.get(next - 1);
            var high = points.get(next);
            double way = (u - low.part()) / (high.part() - low.part());
            return low.value() + way * (high.value() - low.value());
        }
    }

    /// Now this, now that.
    ///
    /// @param parts at least one; their weights add up to 1
    record Mixture(List<Part> parts) implements Distribution {

        /// One of the distributions, and how often it is its turn.
        ///
        /// @param weight part of the values that it makes, above 0, at most 1
        public record Part(double weight, Distribution distribution) {

            public Part {
                require(weight > 0 && weight <= 1, "a weight is above 0%, at most 100%", weight);
            }
        }

        public Mixture {
            parts = List.copyOf(parts);
            double sum = parts.stream().mapToDouble(Part::weight).sum();
            require(Math.abs(sum - 1) < 1e-6, "weights add up to 100%", sum);
        }

        /// The part that `u` falls into makes the value out of where in it `u` lies.
        @Override
        public double at(double u, double tokensIn) {
            double left = u;
            for (var part : parts) {
                if (left < part.weight()) {
                    return part.distribution().at(left / part.weight(), tokensIn);
                }
                left -= part.weight();
            }
            return parts.getLast().distribution().at(u, tokensIn);
        }
    }

    /// Depends on the length of the prompt: a lognormal with a sigma of its own on each side of the
    /// median, both straight between the points over the logarithm of the prompt's tokens.
    ///
    /// @param points at least one, by rising tokens
    record ByTokensIn(List<Prompt> points) implements Distribution {

        /// How answers to prompts of one length are spread.
        ///
        /// @param tokensIn of the prompt, above 0
        /// @param median above 0
        /// @param below sigma under the median, 0 to 5
        /// @param above sigma over the median, 0 to 5
        public record Prompt(double tokensIn, double median, double below, double above) {

            public Prompt {
                require(tokensIn > 0 && tokensIn < MOST, "tokensIn is above 0", tokensIn);
                require(median > 0 && median < MOST, "a median is above 0", median);
                require(below >= 0 && below <= WIDEST, "below is 0 to 5", below);
                require(above >= 0 && above <= WIDEST, "above is 0 to 5", above);
            }
        }

        public ByTokensIn {
            points = List.copyOf(points);
            require(!points.isEmpty(), "a point is needed", 0);
            require(
                    points.equals(
                            points.stream()
                                    .sorted(Comparator.comparingDouble(Prompt::tokensIn))
                                    .distinct()
                                    .toList()),
                    "points rise by their tokensIn",
                    points.getFirst().tokensIn());
        }

        @Override
        public double at(double u, double tokensIn) {
            var here = here(tokensIn);
            double z = Normal.quantile(u);
            return here.median() * Math.exp(z * (z < 0 ? here.below() : here.above()));
        }

        private Prompt here(double tokensIn) {
            int next = 0;
            while (next < points.size() && points.get(next).tokensIn() < tokensIn) {
                next++;
            }
            if (next == 0 || next == points.size()) {
                return points.get(next == 0 ? 0 : next - 1);
            }
            var low = points.get(next - 1);
            var high = points.get(next);
            double way =
                    Math.log(tokensIn / low.tokensIn())
                            / Math.log(high.tokensIn() / low.tokensIn());
            return new Prompt(
                    tokensIn,
                    between(low.median(), high.median(), way),
                    between(low.below(), high.below(), way),
                    between(low.above(), high.above(), way));
        }

        private static double between(double low, double high, double way) {
            return low + way * (high - low);
        }
    }

    /// Another one, drawn in to its bounds.
    ///
    /// @param least 0 or more
    /// @param most at least `least`; infinity for none
    record Clipped(Distribution of, double least, double most) implements Distribution {

        public Clipped {
            require(least >= 0 && least < MOST, "least is 0 or more", least);
            require(most >= least, "most is at least least", most);
        }

        @Override
        public double at(double u, double tokensIn) {
            return Math.clamp(of.at(u, tokensIn), least, most);
        }
    }

    /// Above everything that a call can measure.
    double MOST = 1e12;

    /// The widest sigma: a factor of 148 for each standard deviation.
    double WIDEST = 5;

    private static void require(boolean holds, String rule, double value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", got " + value);
        }
    }
}
