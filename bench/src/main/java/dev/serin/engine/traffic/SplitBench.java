package dev.serin.engine.traffic;

import dev.serin.engine.plan.Share;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Choosing an arm, beside the bare hash of bytes that lie ready.
@State(Scope.Thread)
public class SplitBench {

    private static final int KEYS = 256;
    private static final Share SHARE = Share.percent(25);

    private final String[] keys = new String[KEYS];
    private final byte[][] bytes = new byte[KEYS][];
    private final TrafficSplit split = new TrafficSplit("01J9ZQ3V-upgrade");

    /// Keys as an identity provider makes them.
    @Setup
    public void keys() {
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "tenant-%d:user-%08x-3b12-4a77".formatted(i % 7, i * 0x9e3779b9);
            bytes[i] = ("01J9ZQ3V-upgrade/" + keys[i]).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public void bareHash(Blackhole hole) {
        for (var key : bytes) {
            hole.consume(murmur3(key));
        }
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public void armOf(Blackhole hole) {
        for (var key : keys) {
            hole.consume(split.armOf(key, SHARE));
        }
    }

    /// As it is published.
    private static int murmur3(byte[] data) {
        int h = 0;
        int blocks = data.length / 4;
        for (int i = 0; i < blocks; i++) {
            int k =
                    (data[4 * i] & 0xff)
                            | ((data[4 * i + 1] & 0xff) << 8)
                            | ((data[4 * i + 2] & 0xff) << 16)
                            | ((data[4 * i + 3] & 0xff) << 24);
            k = Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
            h = Integer.rotateLeft(h ^ k, 13) * 5 + 0xe6546b64;
        }
        int k = 0;
        for (int i = data.length - 1; i >= 4 * blocks; i--) {
            k = (k << 8) | (data[i] & 0xff);
        }
        h ^= Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
        h ^= data.length;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
