package dev.serin.engine.traffic;

import dev.serin.engine.plan.Share;

/// Says which arm a key gets: a pure function of salt, key and share.
///
/// A key keeps its arm while the share stands, on any replica and without a table; raising the share
/// only adds keys to the candidate. The salt is the rollout's id, so that the next rollout's first
/// keys are others. Choosing calls for labels needs a salt of its own, or labels and arms would be
/// the same bits.
public final class TrafficSplit {

    private static final int BUCKETS = 10_000;

    private final Murmur3 hash;

    /// @param salt the rollout's id
    public TrafficSplit(String salt) {
        this.hash = new Murmur3(salt + "/");
    }

    /// The arm of a key.
    public Arm armOf(String key, Share share) {
        return bucketOf(key) < share.basisPoints() ? Arm.CANDIDATE : Arm.BASELINE;
    }

    /// The key's place among ten thousand; the candidate gets those below its share.
    public int bucketOf(String key) {
        return (int) (((hash.of(key) & 0xffffffffL) * BUCKETS) >>> 32);
    }
}
