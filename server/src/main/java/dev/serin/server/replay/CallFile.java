package dev.serin.server.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.problem.WrongUse;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// Reads a file of recorded calls once, from its beginning to its end: a JSON array (as LLMPerf writes
/// it) or several after each other, a JSON object on each line, or CSV with a line of names. Which it
/// is, its first character says.
final class CallFile {

    /// The first line names the columns; one may have no name, as that of a table's index.
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setAllowMissingColumnNames(true)
                    .setIgnoreEmptyLines(true)
                    .get();

    private static final ObjectMapper JSON =
            new ObjectMapper(
                    JsonFactory.builder()
                            // Python writes NaN where JSON has none; it is refused row by row.
                            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                            .build());
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /// How files begin that gzip has packed, or that are UTF-16 from either end.
    private static final int GZIP = 0x1F8B;

    private static final int UTF_16 = 0xFEFF;
    private static final int UTF_16_REVERSED = 0xFFFE;

    private static final int BUFFER = 1 << 16;

    private static final Pattern DECIMAL = Pattern.compile("\\s*\\d+,\\d+\\s*");

    private final Path path;
    private final CallShape shape;
    private final Reservoir<RecordedCall> calls;
    private final BadRows bad = new BadRows();

    private CallFile(Path path, CallShape shape, long seed) {
        this.path = path;
        this.shape = shape;
        this.calls = new Reservoir<>(CallSample.MOST, new SplittableRandom(seed));
    }

    /// Reads it.
    ///
    /// @param seed which calls of a long file are kept
    /// @throws WrongUse if the file cannot be read, or holds no call that can
    static CallSample read(Path path, CallShape shape, long seed) {
        return new CallFile(path, shape, seed).read();
    }

    private CallSample read() {
        try (var reader = open(path)) {
            switch (firstOf(reader)) {
                case '[' -> array(reader);
                case '{' -> lines(reader);
                default -> csv(reader);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new WrongUse("%s cannot be read: %s".formatted(path, e.getMessage()));
        }
        if (calls.seen() == 0) {
            throw new WrongUse(nothing());
        }
        return new CallSample(
                String.valueOf(path.getFileName()),
                calls.inOrder(),
                calls.seen(),
                bad.count(),
                bad.named());
    }

    private String nothing() {
        return bad.count() == 0
                ? path + " holds no calls: it is empty"
                : "%s holds no call that can be read; its first row of %d: %s"
                        .formatted(path, bad.count(), bad.named().getFirst().text(path.toString()));
    }

    /// A reader that puts a mark where the text is not UTF-8, so that one bad byte costs one value. What
    /// gzip has packed is unpacked, and UTF-16 is read where its mark says so.
    static BufferedReader open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a directory");
        }
        if (!Files.exists(path)) {
            throw new IOException("there is no such file");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(path));
        try {
            if (begin(in) == GZIP) {
                in = new BufferedInputStream(new GZIPInputStream(in));
            }
            int begin = begin(in);
            boolean wide = begin == UTF_16 || begin == UTF_16_REVERSED;
            var decoder =
                    (wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8)
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE);
            return new BufferedReader(new InputStreamReader(in, decoder), BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /// The first two bytes as one number; the stream stays before them.
    private static int begin(InputStream in) throws IOException {
        in.mark(2);
        int two = (in.read() << 8) | in.read();
        in.reset();
        return two;
    }

    /// What its first line puts between the names of the columns: a comma, or a semicolon, as spreadsheets
    /// do where a comma stands in numbers, or a tab.
    static CSVParser parse(BufferedReader reader) throws IOException {
        return parse(reader, delimiter(reader));
    }

    private static CSVParser parse(BufferedReader reader, char between) throws IOException {
        return CSV.builder().setDelimiter(between).get().parse(reader);
    }

    private static char delimiter(BufferedReader reader) throws IOException {
        reader.mark(BUFFER);
        var found = new TreeMap<Character, Integer>();
        boolean quoted = false;
        int next = reader.read();
        for (int i = 1; i < BUFFER && next >= 0 && (quoted || next != '\n'); i++) {
            quoted ^= next == '"';
            if (!quoted && ",;\t".indexOf(next) >= 0) {
                found.merge((char) next, 1, Integer::sum);
            }
            next = reader.read();
        }
        reader.reset();
        return found.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(',');
    }

    /// The first character that is no white space, with the reader set before it.
    static int firstOf(BufferedReader reader) throws IOException {
        while (true) {
            reader.mark(1);
            int next = reader.read();
            boolean isSkipped = next == BYTE_ORDER_MARK || Character.isWhitespace(next);
            if (next == '\t') {
                reader.reset();
                isSkipped = isJson(reader);
                reader.mark(1);
                next = reader.read();
            }
            if (!isSkipped) {
                if (next >= 0) {
                    reader.reset();
                }
                return next;
            }
        }
    }

    /// Whether JSON follows the white space here: else a tab may end a first column without a name.
    private static boolean isJson(BufferedReader reader) throws IOException {
        reader.mark(BUFFER);
        int next = reader.read();
        for (int i = 1; i < BUFFER && Character.isWhitespace(next); i++) {
            next = reader.read();
        }
        reader.reset();
        return next == '{' || next == '[';
    }

    private void array(BufferedReader reader) throws IOException {
        try (var parser = JSON.getFactory().createParser(reader)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    elements(parser);
                } else {
                    element(parser);
                }
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            bad.add(
                    at == null ? 1 : at.getLineNr(),
                    "this is no JSON, and what follows was not read: " + e.getOriginalMessage());
        }
    }

    private void elements(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element(parser);
        }
    }

    private void element(JsonParser parser) throws IOException {
        long line = parser.currentTokenLocation().getLineNr();
        JsonNode node = JSON.readTree(parser);
        add(line, node);
    }

    private void lines(BufferedReader reader) throws IOException {
        long line = 0;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            line++;
            try (var parser = JSON.getFactory().createParser(text)) {
                while (parser.nextToken() != null) {
                    JsonNode node = JSON.readTree(parser);
                    add(line, node);
                }
            } catch (JsonProcessingException e) {
                bad.add(line, "this is no JSON: " + e.getOriginalMessage());
            }
        }
    }

    private void csv(BufferedReader reader) throws IOException {
        char between = delimiter(reader);
        try (var parser = parse(reader, between)) {
            var names = parser.getHeaderNames();
            for (CSVRecord row : parser) {
                long line = parser.getCurrentLineNumber();
                if (row.size() != names.size()) {
                    bad.add(
                            line,
                            "the first line names %d columns, this one has %d"
                                    .formatted(names.size(), row.size()));
                    continue;
                }
                var fields = new Fields();
                for (int i = 0; i < names.size(); i++) {
                    fields.put(names.get(i), between == ';' ? point(row.get(i)) : row.get(i));
                }
                add(line, fields);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("its first line should name the columns: " + e.getMessage(), e);
        }
    }

    /// `812,5` as `812.5`: where semicolons stand between columns, commas stand in numbers.
    private static String point(String value) {
        return DECIMAL.matcher(value).matches() ? value.replace(',', '.') : value;
    }

    private void add(long line, JsonNode node) {
        if (!node.isObject()) {
            bad.add(line, "a call is an object, got " + node.getNodeType());
            return;
        }
        var fields = new Fields();
        node.properties()
                .forEach(property -> {
                    var value = property.getValue();
                    if (value.isObject()) {
                        value.properties()
                                .forEach(inner ->
                                        fields.put(
                                                property.getKey() + "." + inner.getKey(),
                                                text(inner.getValue())));
                    } else {
                        fields.put(property.getKey(), text(value));
                    }
                });
        add(line, fields);
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.asText();
    }

    private void add(long line, Fields fields) {
        try {
            calls.add(shape.read(fields));
        } catch (UnreadableRow e) {
            bad.add(line, e.why());
        }
    }
}
