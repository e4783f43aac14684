package dev.serin.server.profile;

import dev.serin.server.replay.RecordedCall;
import dev.serin.simulator.profile.Price;
import java.util.List;

/// Fits prices to what calls cost.
final class PriceFit {

    /// How far a price by the token may be off, as a part of the mean cost.
    private static final double OFF = 0.05;

    private PriceFit() {}

    /// A price by the token where that explains the costs, else their mean for each call.
    ///
    /// @param costs of the answers that have one, at least one
    static Price of(List<RecordedCall> answers, Spread costs) {
        double in2 = 0;
        double out2 = 0;
        double inOut = 0;
        double inCost = 0;
        double outCost = 0;
        for (var answer : answers) {
            var cost = answer.call().costUsd();
            var in = answer.tokensIn();
            var out = answer.call().tokensOut();
            if (cost != null && in != null && out != null) {
                in2 += (double) in * in;
                out2 += (double) out * out;
                inOut += (double) in * out;
                inCost += in * cost;
                outCost += out * cost;
            }
        }
        double determinant = in2 * out2 - inOut * inOut;
        double perIn = (inCost * out2 - outCost * inOut) / determinant;
        double perOut = (outCost * in2 - inCost * inOut) / determinant;
        boolean good =
                determinant > 1e-9 * in2 * out2
                        && perIn >= 0
                        && perOut >= 0
                        && isNear(answers, perIn, perOut, costs.mean());
        return good
                ? new Price(0, Spread.rounded(perIn * 1e6), Spread.rounded(perOut * 1e6))
                : new Price(Spread.rounded(costs.mean()), 0, 0);
    }

    private static boolean isNear(
            List<RecordedCall> answers, double perIn, double perOut, double mean) {
        double square = 0;
        int priced = 0;
        for (var answer : answers) {
            var cost = answer.call().costUsd();
            if (cost == null) {
                continue;
            }
            var in = answer.tokensIn();
            var out = answer.call().tokensOut();
            if (in == null || out == null) {
                return false;
            }
            double off = cost - in * perIn - out * perOut;
            square += off * off;
            priced++;
        }
        return Math.sqrt(square / Math.max(1, priced)) <= OFF * mean;
    }
}
