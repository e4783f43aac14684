package dev.serin.engine.embed;

import dev.serin.engine.judge.Call;
import java.util.Optional;

/// An indicator under its original name: says of a call whether it was good.
///
/// Each knows its direction: a slow or dear call is never good because its number is high.
public sealed interface Sli
        permits TaskSuccessRate, ResponseLatency, CostPerTask, HallucinationRate {

    /// The part of the calls that should be good, above 0, below 1.
    double target();

    /// Whether the call was good; empty where the call says nothing about it.
    Optional<Boolean> good(Call call);
}
