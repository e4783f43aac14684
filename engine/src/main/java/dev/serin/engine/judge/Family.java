package dev.serin.engine.judge;

/// How the calls of a track speak about a number: as chances of a bad call, or as a mean under a
/// cap.
sealed interface Family {

    Wager rising();

    Wager falling();

    /// The greatest value that the number can have.
    double most();

    /// What is said of its upper bound when nothing is proven.
    default double ceiling() {
        return switch (this) {
            case Proportion _, Score _ -> 1;
            case Mean _ -> Double.POSITIVE_INFINITY;
        };
    }

    /// Nats that one more call adds to the evidence that the number lies below (or above) theta.
    double growth(boolean below, double n, double a, double b, double theta);

    /// Chances, 0 to 1.
    record Proportion() implements Family {

        @Override
        public Wager rising() {
            return ProportionWager.rising();
        }

        @Override
        public Wager falling() {
            return ProportionWager.falling();
        }

        @Override
        public double most() {
            return 1;
        }

        @Override
        public double growth(boolean below, double n, double a, double b, double theta) {
            double seen = a / n;
            return (seen < theta) == below ? divergence(seen, theta) : 0;
        }

        /// Kullback-Leibler divergence of a coin of `p` from one of `q`, in nats.
        static double divergence(double p, double q) {
            return part(p, q) + part(1 - p, 1 - q);
        }

        private static double part(double p, double q) {
            return p == 0 ? 0 : p * Math.log(p / q);
        }
    }

    /// Means of a quantity of 0 to `cap`.
    record Mean(double cap) implements Family {

        @Override
        public Wager rising() {
            return MeanWager.rising(cap);
        }

        @Override
        public Wager falling() {
            return MeanWager.falling(cap);
        }

        @Override
        public double most() {
            return cap;
        }

        @Override
        public double growth(boolean below, double n, double a, double b, double theta) {
            double distance = (theta - a / n) / cap;
            return MeanWager.growth(below ? distance : -distance, b / n / (cap * cap));
        }
    }

    /// Means of scores of 0 to 1: nobody can give more.
    record Score() implements Family {

        private static final Mean SCORES = new Mean(1);

        @Override
        public Wager rising() {
            return SCORES.rising();
        }

        @Override
        public Wager falling() {
            return SCORES.falling();
        }

        @Override
        public double most() {
            return 1;
        }

        @Override
        public double growth(boolean below, double n, double a, double b, double theta) {
            return SCORES.growth(below, n, a, b, theta);
        }
    }
}
