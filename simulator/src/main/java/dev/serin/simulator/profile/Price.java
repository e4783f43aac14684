package dev.serin.simulator.profile;

/// What a successful call costs; a failed one costs nothing.
///
/// @param perCallUsd for the call itself, 0 or more
/// @param inUsdPerMillion for a million tokens of prompts, 0 or more
/// @param outUsdPerMillion for a million tokens of answers, 0 or more
public record Price(double perCallUsd, double inUsdPerMillion, double outUsdPerMillion) {

    public Price {
        require(perCallUsd);
        require(inUsdPerMillion);
        require(outUsdPerMillion);
    }

    double of(double tokensIn, double tokensOut) {
        return perCallUsd + (tokensIn * inUsdPerMillion + tokensOut * outUsdPerMillion) / 1e6;
    }

    private static void require(double usd) {
        if (!(usd >= 0 && usd < Distribution.MOST)) {
            throw new IllegalArgumentException("a price is 0 USD or more, got " + usd);
        }
    }
}
