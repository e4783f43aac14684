package dev.serin.engine.traffic;

import dev.serin.engine.plan.Share;

/// Says which calls are to be labelled: a pure function of the rollout, the call's id and the share.
///
/// A call is chosen when it is made and not when a verdict arrives, so that what is labelled does not
/// depend on what it is (statistics.md 1.6). The salt is not the split's, or labels and arms would be
/// the same bits.
public final class LabelChoice {

    private static final long BUCKETS = 10_000;

    private final Murmur3 hash;
    private final Share share;

    /// @param rollout the rollout's id
    /// @param share the part of the calls that is to be labelled
    public LabelChoice(String rollout, Share share) {
        this.hash = new Murmur3("labels:" + rollout + "/");
        this.share = share;
    }

    /// Whether the call with this id is to be labelled.
    public boolean isChosen(String call) {
        return ((hash.of(call) & 0xffffffffL) * BUCKETS) >>> 32 < share.basisPoints();
    }
}
