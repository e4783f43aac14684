package dev.serin.engine.traffic;

/// MurmurHash3, x86, 32 bits, of a prefix and a text in UTF-8, without making the bytes.
///
/// The prefix is folded once. Texts are encoded as Java does it: half a surrogate pair becomes a
/// question mark.
///
/// @see <a href="https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp">Austin Appleby,
///     MurmurHash3, public domain</a>
final class Murmur3 {

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private final int state;
    private final int tail;
    private final int length;

    /// @param prefix stands before every text
    Murmur3(String prefix) {
        this(prefix, 0);
    }

    Murmur3(String prefix, int seed) {
        var bytes = prefix.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int state = seed;
        int tail = 0;
        for (int i = 0; i < bytes.length; i++) {
            tail |= (bytes[i] & 0xff) << (8 * (i & 3));
            if ((i & 3) == 3) {
                state = fold(state, tail);
                tail = 0;
            }
        }
        this.state = state;
        this.tail = tail;
        this.length = bytes.length;
    }

    /// The hash of the prefix followed by `text`.
    int of(String text) {
        int h = state;
        int block = tail;
        int shift = 8 * (length & 3);
        int end = text.length();
        int i = 0;
        // Four plain letters at a time, as nearly all keys are made of them.
        for (; i + 4 <= end; i += 4) {
            int a = text.charAt(i);
            int b = text.charAt(i + 1);
            int c = text.charAt(i + 2);
            int d = text.charAt(i + 3);
            if ((a | b | c | d) >= 0x80) {
                break;
            }
            long bytes = (a | (b << 8) | (c << 16) | (d << 24)) & 0xffffffffL;
            long joined = (bytes << shift) | block;
            h = fold(h, (int) joined);
            block = (int) (joined >>> 32);
        }
        return letterByLetter(text, i, h, block, length + i);
    }

    private static int letterByLetter(String text, int from, int state, int tail, int length) {
        int h = state;
        int block = tail;
        int n = length;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            int bytes;
            int count;
            if (c < 0x80) {
                bytes = c;
                count = 1;
            } else if (c < 0x800) {
                bytes = 0xc0 | (c >> 6) | ((0x80 | (c & 0x3f)) << 8);
                count = 2;
            } else if (!Character.isSurrogate(c)) {
                bytes =
                        0xe0
                                | (c >> 12)
                                | ((0x80 | ((c >> 6) & 0x3f)) << 8)
                                | ((0x80 | (c & 0x3f)) << 16);
                count = 3;
            } else if (isPair(text, i)) {
                bytes = fourBytes(Character.toCodePoint(c, text.charAt(i + 1)));
                count = 4;
                i++;
            } else {
                bytes = '?';
                count = 1;
            }
            int filled = n & 3;
            block |= bytes << (8 * filled);
            if (filled + count >= 4) {
                h = fold(h, block);
                block = filled == 0 ? 0 : bytes >>> (8 * (4 - filled));
            }
            n += count;
            i++;
        }
        return finish(h, block, n);
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private static int fourBytes(int codePoint) {
        return 0xf0
                | (codePoint >> 18)
                | ((0x80 | ((codePoint >> 12) & 0x3f)) << 8)
                | ((0x80 | ((codePoint >> 6) & 0x3f)) << 16)
                | ((0x80 | (codePoint & 0x3f)) << 24);
    }

    private static int fold(int h, int block) {
        return Integer.rotateLeft(h ^ scramble(block), 13) * 5 + 0xe6546b64;
    }

    private static int scramble(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    /// An empty tail scrambles to 0 and changes nothing.
    private static int finish(int state, int tail, int length) {
        int h = state ^ scramble(tail) ^ length;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
