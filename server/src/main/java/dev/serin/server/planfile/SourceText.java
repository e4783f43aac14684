package dev.serin.server.planfile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Bytes to text and values, or to the reason why they are none.
public final class SourceText {

    private SourceText() {}

    /// The value that `bytes` hold as YAML or JSON; null and refused if they hold none.
    public static @Nullable Value parse(byte[] bytes, Refusals refusals) {
        if (bytes.length > PlanReader.MOST_BYTES) {
            refusals.add(
                    Place.START,
                    refusals.document(),
                    "",
                    "a %s has at most 1 MB, got %,d bytes"
                            .formatted(refusals.document(), bytes.length));
            return null;
        }
        var text = decode(bytes, refusals);
        return text != null && isClean(text, refusals) ? Tree.of(text, refusals) : null;
    }

    /// The text of `bytes`, without a byte order mark; null if they are no UTF-8.
    static @Nullable String decode(byte[] bytes, Refusals refusals) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        var result = decoder.decode(in, out, true);
        if (result.isError()) {
            var before = out.flip().toString();
            refusals.add(
                    Place.of(before, before.length()),
                    refusals.document(),
                    "0x%02X".formatted(bytes[in.position()] & 0xFF),
                    "byte %d is not UTF-8; save the file as UTF-8".formatted(in.position()));
            return null;
        }
        var text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// Whether `text` holds only characters that may stand in a document.
    static boolean isClean(String text, Refusals refusals) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (!mayStand(character)) {
                refusals.add(
                        Place.of(text, i),
                        refusals.document(),
                        "U+%04X".formatted(character),
                        "the control character U+%04X may not stand here; remove it"
                                .formatted(character));
                return false;
            }
        }
        return true;
    }

    private static boolean mayStand(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || character == 0x85
                || (character >= 0x20 && character < 0x7F)
                || (character >= 0xA0 && character < 0xD800)
                || (character >= 0xE000 && character < 0xFFFE)
                || character > 0xFFFF;
    }
}
