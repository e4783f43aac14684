package dev.serin.server.provider;

/// What a model's tokens cost, in USD for a million.
///
/// @param in of the question
/// @param cached of the question, where the provider had kept them
/// @param out of the answer
public record Price(double in, double cached, double out) {

    private static final double MILLION = 1_000_000;

    public Price {
        if (!isPrice(in) || !isPrice(cached) || !isPrice(out)) {
            throw new IllegalArgumentException(
                    "a price is 0 USD or more, got %s, %s, %s".formatted(in, cached, out));
        }
    }

    /// What a call cost, in USD.
    public double of(Usage usage) {
        return ((usage.in() - usage.cached()) * in + usage.cached() * cached + usage.out() * out)
                / MILLION;
    }

    private static boolean isPrice(double usd) {
        return usd >= 0 && usd < Double.POSITIVE_INFINITY;
    }
}
