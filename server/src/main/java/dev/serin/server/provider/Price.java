package dev.serin.server.provider;

/// What a model's tokens cost, in USD for a million.
///
/// @param in of the question
/// @param cached of the question, where the provider had kept them
/// @param written of the question, where the provider keeps them for later
/// @param out of the answer
public record Price(double in, double cached, double written, double out) {

    private static final double MILLION = 1_000_000;

    public Price {
        if (!isPrice(in) || !isPrice(cached) || !isPrice(written) || !isPrice(out)) {
            throw new IllegalArgumentException(
                    "a price is 0 USD or more, got %s, %s, %s, %s"
                            .formatted(in, cached, written, out));
        }
    }

    /// The price where keeping tokens costs no more than reading them.
    public Price(double in, double cached, double out) {
        this(in, cached, in, out);
    }

    /// What a call cost, in USD.
    public double of(Usage usage) {
        long fresh = usage.in() - usage.cached() - usage.written();
        return (fresh * in
                        + usage.cached() * cached
                        + usage.written() * written
                        + usage.out() * out)
                / MILLION;
    }

    private static boolean isPrice(double usd) {
        return usd >= 0 && usd < Double.POSITIVE_INFINITY;
    }
}
