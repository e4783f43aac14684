package dev.serin.server.evidence;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Rows in `COPY`'s binary format, which PostgreSQL need not parse. Each field is written by the name of
/// its column's type, null as SQL's null.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT">Binary
///     format</a>
final class CopiedRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int LAST = -1;

    /// PostgreSQL's own number of the type `text`.
    private static final int TEXT = 25;

    private static final byte JSONB_VERSION = 1;
    private static final int NANOS_BY_MICRO = 1_000;

    /// Dates and times are counted from here.
    private static final LocalDate DAY_0 = LocalDate.of(2000, 1, 1);

    private static final long SECOND_0 = TimeUnit.DAYS.toSeconds(DAY_0.toEpochDay());

    private final ByteBuf out;

    /// @param bytes that are likely to be written
    CopiedRows(int bytes) {
        out = Unpooled.buffer(bytes);
        out.writeBytes(SIGNATURE).writeInt(0).writeInt(0);
    }

    /// Begins a row of so many fields.
    CopiedRows begin(int fields) {
        out.writeShort(fields);
        return this;
    }

    CopiedRows uuid(UUID value) {
        out.writeInt(Long.BYTES * 2)
                .writeLong(value.getMostSignificantBits())
                .writeLong(value.getLeastSignificantBits());
        return this;
    }

    CopiedRows date(LocalDate value) {
        return int4(Math.toIntExact(value.toEpochDay() - DAY_0.toEpochDay()));
    }

    /// To the nearest microsecond, as the driver rounds.
    CopiedRows timestamptz(Instant value) {
        int micros = (value.getNano() + NANOS_BY_MICRO / 2) / NANOS_BY_MICRO;
        long seconds = value.getEpochSecond() - SECOND_0;
        out.writeInt(Long.BYTES).writeLong(TimeUnit.SECONDS.toMicros(seconds) + micros);
        return this;
    }

    CopiedRows int2(int value) {
        out.writeInt(Short.BYTES).writeShort(value);
        return this;
    }

    CopiedRows int4(int value) {
        out.writeInt(Integer.BYTES).writeInt(value);
        return this;
    }

    CopiedRows float8(@Nullable Double value) {
        if (value == null) {
            return none();
        }
        out.writeInt(Double.BYTES).writeDouble(value);
        return this;
    }

    CopiedRows bool(boolean value) {
        out.writeInt(1).writeBoolean(value);
        return this;
    }

    CopiedRows text(@Nullable String value) {
        if (value == null) {
            return none();
        }
        int length = begin();
        ByteBufUtil.writeUtf8(out, value);
        return end(length);
    }

    CopiedRows jsonb(@Nullable String value) {
        if (value == null) {
            return none();
        }
        int length = begin();
        out.writeByte(JSONB_VERSION);
        ByteBufUtil.writeUtf8(out, value);
        return end(length);
    }

    /// Bytes that are known in hex.
    CopiedRows hex(@Nullable String value) {
        if (value == null) {
            return none();
        }
        int length = begin();
        out.writeBytes(HexFormat.of().parseHex(value));
        return end(length);
    }

    /// A list of texts.
    CopiedRows texts(List<String> values) {
        int length = begin();
        int dimensions = values.isEmpty() ? 0 : 1;
        out.writeInt(dimensions).writeInt(/* none is null */ 0).writeInt(TEXT);
        if (dimensions > 0) {
            out.writeInt(values.size()).writeInt(/* index of the first */ 1);
            values.forEach(this::text);
        }
        return end(length);
    }

    /// What was written since this was asked last; valid until more is.
    ByteBuffer taken() {
        var written = out.nioBuffer();
        out.clear();
        return written;
    }

    /// No row follows.
    CopiedRows end() {
        out.writeShort(LAST);
        return this;
    }

    private CopiedRows none() {
        out.writeInt(NULL);
        return this;
    }

    /// Leaves room for a field's length.
    private int begin() {
        int at = out.writerIndex();
        out.writeInt(0);
        return at;
    }

    private CopiedRows end(int at) {
        out.setInt(at, out.writerIndex() - at - Integer.BYTES);
        return this;
    }
}
