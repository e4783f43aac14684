package dev.serin.engine.judge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Values by logarithmic bucket: bucket i holds [2^(i/64), 2^((i+1)/64)), 1.09 % wide; zero and
/// everything below 2^-10 lies in the lowest, everything from 2^30 on in the highest.
///
/// @param buckets calls by bucket, only those above 0
public record Histogram(Map<Integer, Long> buckets) implements Tally {

    public static final Histogram NONE = new Histogram(Map.of());

    /// Buckets to a doubling.
    static final int PER_OCTAVE = 64;

    /// The bucket of zero and of all values below 2^-10.
    static final int LOWEST = -10 * PER_OCTAVE;

    /// The bucket of all values from 2^30 on.
    static final int HIGHEST = 30 * PER_OCTAVE;

    private static final byte VERSION = 1;

    private static final double[] WITHIN_OCTAVE = new double[PER_OCTAVE];

    /// For each 512th of an octave, the bucket in which it begins: one comparison away from exact.
    private static final byte[] FIRST_GUESS = new byte[512];

    static {
        for (int i = 0; i < PER_OCTAVE; i++) {
            WITHIN_OCTAVE[i] = Math.pow(2, i / (double) PER_OCTAVE);
        }
        int bucket = 0;
        for (int i = 0; i < FIRST_GUESS.length; i++) {
            while (bucket + 1 < PER_OCTAVE && WITHIN_OCTAVE[bucket + 1] <= 1 + i / 512.0) {
                bucket++;
            }
            FIRST_GUESS[i] = (byte) bucket;
        }
    }

    public Histogram {
        buckets = Map.copyOf(buckets);
        buckets.forEach((bucket, calls) -> {
            if (bucket < LOWEST || bucket > HIGHEST || calls <= 0) {
                throw new IllegalArgumentException(
                        "bucket %d holds %d calls".formatted(bucket, calls));
            }
        });
    }

    /// The bucket of a value of 0 or more: `floor(64 log2 value)`, read from the number's exponent
    /// and mantissa, without a logarithm.
    public static int bucketOf(double value) {
        if (!(value >= 0x1p-10)) {
            return LOWEST;
        }
        if (value >= 0x1p30) {
            return HIGHEST;
        }
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) - 1023;
        int guess = FIRST_GUESS[(int) (bits >>> 43) & 511];
        double mantissa = Double.longBitsToDouble((bits & 0xfffffffffffffL) | 0x3ff0000000000000L);
        int up = guess + 1 < PER_OCTAVE && mantissa >= WITHIN_OCTAVE[guess + 1] ? 1 : 0;
        return exponent * PER_OCTAVE + guess + up;
    }

    /// The lower edge of a bucket; 0 for the lowest.
    public static double edge(int bucket) {
        return bucket <= LOWEST ? 0 : ratio(bucket);
    }

    /// `2^(steps/64)`.
    static double ratio(int steps) {
        return Math.scalb(
                WITHIN_OCTAVE[Math.floorMod(steps, PER_OCTAVE)], Math.floorDiv(steps, PER_OCTAVE));
    }

    /// The first bucket whose lower edge is at or over `value`.
    static int edgeAtOrOver(double value) {
        int bucket = edgeAtOrBelow(value);
        return edge(bucket) >= value ? bucket : bucket + 1;
    }

    /// The last bucket whose lower edge is at or below `value`; the lowest for negative values.
    static int edgeAtOrBelow(double value) {
        return bucketOf(value);
    }

    /// A compact form to store: one byte of version, then for each bucket the distance from the one
    /// before and its calls, as numbers of variable length.
    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        int before = LOWEST;
        for (var entry : new TreeMap<>(buckets).entrySet()) {
            write(bytes, entry.getKey() - before);
            write(bytes, entry.getValue());
            before = entry.getKey();
        }
        return bytes.toByteArray();
    }

    /// Reads back what [#toBytes] wrote.
    ///
    /// @throws IllegalArgumentException if it did not
    public static Histogram fromBytes(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new IllegalArgumentException("not a histogram of version " + VERSION);
        }
        var buckets = new HashMap<Integer, Long>();
        var rest = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        long bucket = LOWEST;
        while (rest.hasRemaining()) {
            bucket += read(rest);
            buckets.put((int) bucket, read(rest));
        }
        return new Histogram(buckets);
    }

    private static void write(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static long read(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE && bytes.hasRemaining(); shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a histogram that ends within a number");
    }

    @Override
    public long n() {
        return buckets.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public Histogram plus(Tally other) {
        if (other instanceof Histogram(Map<Integer, Long> more)) {
            if (buckets.isEmpty()) {
                return (Histogram) other;
            }
            var sum = new HashMap<>(buckets);
            more.forEach((bucket, calls) -> sum.merge(bucket, calls, Long::sum));
            return new Histogram(sum);
        }
        throw new IllegalArgumentException("cannot add " + other + " to a histogram");
    }
}
