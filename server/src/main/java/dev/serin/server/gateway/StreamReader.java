package dev.serin.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import dev.serin.server.dialect.Translation;
import dev.serin.server.dialect.Unreadable;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a stream of server-sent events, and says which of its bytes go on.
///
/// Whole events go on as they came. One that only tells the usage is left out where Serin asked for it
/// and the client did not.
final class StreamReader {

    private static final JsonFactory JSON = new JsonFactory();

    /// An event that is longer goes on in pieces, unread.
    private static final int LONGEST_EVENT = 4 << 20;

    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

    private final AnswerFacts facts;
    private final boolean leaveOutUsage;
    private final @Nullable Translation translation;

    /// The beginning of an event that has not ended, and room for more of it: an event that comes in
    /// many small pieces is not copied for each of them.
    private byte[] rest = {};

    private int length;
    private int scanned;
    private int lineStart;
    private boolean afterCr;
    private boolean leftOut;
    private boolean broken;
    private boolean anyData;
    private boolean unread;

    /// What goes on of a stream that is translated.
    private Buffer translated = Buffer.buffer();

    /// @param facts takes what is read
    /// @param translation puts its events into the client's words; null if they go on as they came
    StreamReader(AnswerFacts facts, boolean leaveOutUsage, @Nullable Translation translation) {
        this.facts = facts;
        this.leaveOutUsage = leaveOutUsage;
        this.translation = translation;
    }

    /// Whether an event held what is no JSON.
    boolean isBroken() {
        return broken;
    }

    /// Whether an event with data has come.
    boolean hasData() {
        return anyData;
    }

    /// Whether the last event was too long to be read, so that nobody knows whether it was the end.
    boolean isUnread() {
        return unread;
    }

    /// Whether all that went on were whole events.
    boolean isBetweenEvents() {
        return translation != null || length == 0;
    }

    /// Reads more bytes, and returns what goes on now; it may be empty.
    Buffer take(byte[] bytes) {
        var all = joined(bytes);
        int end = length + bytes.length;
        var on = Buffer.buffer(bytes.length);
        int eventStart = 0;
        int runStart = 0;
        for (int i = scanned; i < end; i++) {
            byte sign = all[i];
            boolean secondOfPair = sign == '\n' && afterCr;
            afterCr = sign == '\r';
            if (secondOfPair) {
                // The line ended at the sign before; this one belongs to it.
                lineStart = i + 1;
                if (eventStart == i) {
                    eventStart = i + 1;
                    runStart = leftOut ? i + 1 : runStart;
                }
            } else if (sign == '\n' || sign == '\r') {
                boolean blank = i == lineStart;
                lineStart = i + 1;
                if (blank) {
                    leftOut = !goesOn(all, eventStart, i);
                    if (leftOut) {
                        on.appendBytes(all, runStart, eventStart - runStart);
                        runStart = i + 1;
                    }
                    eventStart = i + 1;
                }
            }
        }
        on.appendBytes(all, runStart, eventStart - runStart);
        keep(all, eventStart, end);
        if (length > LONGEST_EVENT) {
            broken |= translation != null;
            unread = true;
            anyData = true;
            on.appendBytes(rest, 0, length);
            rest = new byte[0];
            length = 0;
            scanned = 0;
            lineStart = 0;
        }
        return translation == null ? on : translated();
    }

    /// Says that no more comes, and returns the beginning of an event that never ended.
    Buffer end() {
        var left = Buffer.buffer(length).appendBytes(rest, 0, length);
        if (length > 0) {
            // The last event may end with the stream and not with a blank line.
            goesOn(rest, 0, length);
            unread = false;
        }
        rest = new byte[0];
        length = 0;
        if (translation == null) {
            return left;
        }
        if (facts.finished() && !facts.failed() && !broken) {
            translated.appendString(translation.end());
        }
        return translated();
    }

    private Buffer translated() {
        var all = translated;
        translated = Buffer.buffer();
        return all;
    }

    /// What is kept and, behind it, `bytes`; there may be room after them.
    private byte[] joined(byte[] bytes) {
        if (length == 0) {
            return bytes;
        }
        int end = length + bytes.length;
        if (rest.length < end) {
            rest = Arrays.copyOf(rest, Math.max(end, 2 * rest.length));
        }
        System.arraycopy(bytes, 0, rest, length, bytes.length);
        return rest;
    }

    /// Where an event has ended, what is kept came with the last piece.
    private void keep(byte[] all, int from, int to) {
        rest = from == 0 ? all : Arrays.copyOfRange(all, from, to);
        length = to - from;
        scanned = length;
        lineStart -= from;
    }

    /// Reads one event.
    private boolean goesOn(byte[] all, int from, int to) {
        var data = data(all, from, to);
        if (data == null) {
            return true;
        }
        anyData = true;
        unread = false;
        if (isDone(data)) {
            facts.finish();
            if (translation != null && !broken) {
                translated.appendString(translation.end());
            }
            return true;
        }
        facts.begin();
        try (var parser = JSON.createParser(data)) {
            facts.read(parser);
            broken |= !facts.isWhole();
        } catch (IOException _) {
            broken = true;
        }
        translate(data);
        return !(leaveOutUsage && facts.onlyTellsUsage());
    }

    private void translate(byte[] data) {
        if (translation == null || broken) {
            return;
        }
        try {
            translated.appendString(translation.event(new String(data, UTF_8)));
        } catch (Unreadable _) {
            broken = true;
        }
    }

    /// The event's data; null if it has none.
    private byte @Nullable [] data(byte[] all, int from, int to) {
        ByteArrayOutputStream data = null;
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i < to && all[i] != '\n' && all[i] != '\r') {
                continue;
            }
            if (i > start) {
                int value = valueOf(DATA, all, start, i);
                if (value >= 0) {
                    if (data == null) {
                        data = new ByteArrayOutputStream(i - value);
                    } else {
                        data.write('\n');
                    }
                    data.write(all, value, i - value);
                } else {
                    int name = valueOf(EVENT, all, start, i);
                    if (name >= 0 && isWord(all, name, i, "error")) {
                        facts.fail();
                    }
                }
            }
            start = i + 1;
        }
        return data == null ? null : data.toByteArray();
    }

    /// Where the value of a field begins in a line; -1 if the line is another field's.
    private static int valueOf(byte[] field, byte[] all, int from, int to) {
        int colon = from + field.length;
        if (colon >= to || all[colon] != ':') {
            return -1;
        }
        for (int i = 0; i < field.length; i++) {
            if (all[from + i] != field[i]) {
                return -1;
            }
        }
        return colon + 1 < to && all[colon + 1] == ' ' ? colon + 2 : colon + 1;
    }

    private static boolean isDone(byte[] data) {
        return isWord(data, 0, data.length, "[DONE]");
    }

    private static boolean isWord(byte[] all, int from, int to, String word) {
        int end = to;
        while (end > from && all[end - 1] == ' ') {
            end--;
        }
        if (end - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (all[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
