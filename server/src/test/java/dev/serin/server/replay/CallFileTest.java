package dev.serin.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.engine.judge.Call;
import dev.serin.server.problem.WrongUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file of recorded calls")
class CallFileTest {

    private static final CallShape SHAPE =
            new CallShape(Set.of("hallucination"), Set.of(), Set.of("output_words"));

    @TempDir private Path folder;

    @Test
    @DisplayName("is read as LLMPerf writes it: seconds become milliseconds, a code is an error")
    void readsLlmPerf() {
        var sample = CallFile.read(resource("failing-13b.json"), SHAPE, 1);

        assertThat(sample.calls()).hasSize(40);
        assertThat(sample.badRows()).isZero();
        assertThat(sample.calls())
                .extracting(RecordedCall::call)
                .extracting(Call::errorClass)
                .contains("output too few tokens", "429", null)
                .doesNotContain("-100");
        var good = CallFile.read(resource("steady-70b.json"), SHAPE, 1).calls().getFirst().call();
        assertThat(good.error()).isFalse();
        assertThat(good.latencyMs()).isBetween(3400.0, 4500.0);
        assertThat(good.ttftMs()).isBetween(400.0, 800.0);
        assertThat(good.tokensOut()).isEqualTo(151);
        assertThat(good.costUsd()).isNull();
        assertThat(good.labels()).isEmpty();
    }

    @Test
    @DisplayName(
            "tells of a failure in any column, and of the caller's own in a code as in a status")
    void readsFailures() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("failures.jsonl"),
                        """
                        {"status": 200, "success": false}
                        {"status": 200, "error": true, "error_class": "stream_cut"}
                        {"status": "ok", "error": null, "error_type": "None"}
                        {"success": true, "error_type": "stream_cut"}
                        {"error_code": 401, "error_msg": "bad key"}
                        {"error_code": 429.0}
                        {"error_code": 0}
                        {"error_code": "200"}
                        """);
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.calls())
                .extracting(call -> call.call().error() + " " + call.call().errorClass())
                .containsExactly(
                        "true null",
                        "true stream_cut",
                        "false null",
                        "true stream_cut",
                        "true 429",
                        "false null",
                        "false null");
        assertThat(sample.named())
                .extracting(row -> row.text("f"))
                .containsExactly(
                        "f:5: error_code 401 is the caller's fault and counts for no model");
    }

    @Test
    @DisplayName("may write times as numbers, with a fraction and in any unit down to nanoseconds")
    void readsNumericTimes() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("times.jsonl"),
                        """
                        {"error": false, "at": 1732442400.5}
                        {"error": false, "at": 1732442400500}
                        {"error": false, "at": 1732442400500000}
                        {"error": false, "at": 1732442400500000000}
                        {"error": false, "at": "1.7324424005e9"}
                        {"error": false, "at": 1.7e40}
                        {"error": false, "at": NaN}
                        """);
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.calls())
                .hasSize(5)
                .extracting(RecordedCall::at)
                .containsOnly(Instant.parse("2024-11-24T10:00:00.500Z"));
        assertThat(sample.named()).extracting(BadRow::line).containsExactly(6L, 7L);
    }

    @Test
    @DisplayName(
            "names failures as the server does: a timeout by any name is one, the caller's own count not")
    void readsClasses() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("classes.jsonl"),
                        """
                        {"status": "TIMEOUT", "latency_ms": 60000}
                        {"success": false, "error_type": "APITimeoutError", "latency_ms": 60000}
                        {"error": "Request timed out.", "latency_ms": 60000}
                        {"error": true, "error_class": "timed-out", "latency_ms": 60000}
                        {"error_code": -1, "error_msg": "Read timed out after 60 s"}
                        {"error_class": "insufficient_quota"}
                        {"error_type": "RateLimitError"}
                        {"success": false, "error_class": "400"}
                        {"error": true, "error_type": "BadRequestError"}
                        {"error": "yes", "error_type": "cancelled"}
                        """);
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.calls())
                .extracting(call -> call.call().error() + " " + call.call().errorClass())
                .containsExactly(
                        "true timeout",
                        "true timeout",
                        "true timeout",
                        "true timeout",
                        "true timeout",
                        "true insufficient_quota",
                        "true 429");
        assertThat(sample.named())
                .extracting(row -> row.text("f"))
                .containsExactly(
                        "f:8: error_class 400 says nothing about a model and counts for none",
                        "f:9: error_type BadRequestError says nothing about a model and counts for none",
                        "f:10: error_type cancelled says nothing about a model and counts for none");
    }

    @Test
    @DisplayName("knows the usual words of a status, and guesses at no other")
    void readsStatus() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("status.jsonl"),
                        """
                        {"status": "completed"}
                        {"status": "Succeeded"}
                        {"status": "200 OK"}
                        {"status": "timed_out"}
                        {"status": "503 Service Unavailable"}
                        {"status": "cancelled"}
                        {"status": "cancelled", "error_class": "stream_cut"}
                        """);
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.calls())
                .extracting(call -> call.call().error() + " " + call.call().errorClass())
                .containsExactly(
                        "false null",
                        "false null",
                        "false null",
                        "true timeout",
                        "true 5xx",
                        "true stream_cut");
        assertThat(sample.named())
                .extracting(row -> row.text("f"))
                .containsExactly(
                        "f:6: status is a code, or a word such as ok or failed, got cancelled");
    }

    @Test
    @DisplayName("is read to its end where several were put after each other")
    void readsWhatFollows() throws IOException {
        var arrays =
                Files.writeString(
                        folder.resolve("arrays.json"),
                        """
                        [{"latency_ms": 1}, {"latency_ms": 2}]
                        [{"latency_ms": 3}]
                        {"latency_ms": 4} 5
                        """);
        var sample = CallFile.read(arrays, SHAPE, 1);
        assertThat(sample.calls())
                .extracting(call -> call.call().latencyMs())
                .containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(sample.named())
                .extracting(row -> row.text("f"))
                .containsExactly("f:3: a call is an object, got NUMBER");

        var lines =
                Files.writeString(
                        folder.resolve("lines.jsonl"),
                        """
                        {"latency_ms": 1} {"latency_ms": 2}

                        {"latency_ms": 3} and more
                        """);
        var named = CallFile.read(lines, SHAPE, 1);
        assertThat(named.calls())
                .extracting(call -> call.call().latencyMs())
                .containsExactly(1.0, 2.0, 3.0);
        assertThat(named.named()).extracting(BadRow::line).containsExactly(3L);
    }

    @Test
    @DisplayName(
            "may be as a spreadsheet saves it: with semicolons or tabs, in UTF-16, with quoted lines")
    void readsSpreadsheets() throws IOException {
        var rows = "latency_ms;status;note\r\n812;ok;\"a, b;\r\nc\"\r\n20;failed;\r\n";
        var semicolons = Files.writeString(folder.resolve("semicolons.csv"), rows);
        var tabs = Files.writeString(folder.resolve("tabs.tsv"), rows.replace(';', '\t'));
        var wide = folder.resolve("wide.csv");
        Files.writeString(wide, rows, StandardCharsets.UTF_16);
        var reversed = folder.resolve("reversed.csv");
        Files.writeString(reversed, "\uFEFF" + rows, StandardCharsets.UTF_16LE);

        for (var file : List.of(semicolons, tabs, wide, reversed)) {
            var sample = CallFile.read(file, SHAPE, 1);
            assertThat(sample.badRows()).as(file.toString()).isZero();
            assertThat(sample.calls())
                    .extracting(call -> call.call().error() + " " + call.call().latencyMs())
                    .containsExactly("false 812.0", "true 20.0");
        }

        var commas = "latency_ms;cost_usd\n812,5;0,02\n20;0\n";
        assertThat(read("commas.csv", commas).calls())
                .extracting(call -> call.call().latencyMs() + " " + call.call().costUsd())
                .containsExactly("812.5 0.02", "20.0 0.0");
        var index = "\tlatency_ms\tstatus\n0\t812\tok\n1\t20\tok\n";
        assertThat(read("index.tsv", index).calls())
                .extracting(call -> call.call().latencyMs())
                .containsExactly(812.0, 20.0);
        assertThat(read("indented.jsonl", "\t\t{\"latency_ms\": 1}\n").calls()).hasSize(1);
    }

    @Test
    @DisplayName("keeps the failures of the model's own tools, and takes no memory for a timeout")
    void keepsOwnFailures() throws IOException {
        var rows =
                """
                {"error_class": "ToolNotFoundError"}
                {"error_class": "cancel_order_failed"}
                {"error_class": "runtime out of memory"}
                {"error_class": "request timed out"}
                {"error_class": "openai.NotFoundError"}
                {"error_class": "OperationCanceledException"}
                """;
        var sample = read("tools.jsonl", rows);
        assertThat(sample.calls())
                .extracting(call -> call.call().errorClass())
                .containsExactly(
                        "ToolNotFoundError",
                        "cancel_order_failed",
                        "runtime out of memory",
                        "timeout");
        assertThat(sample.badRows()).isEqualTo(2);
    }

    private CallSample read(String name, String text) throws IOException {
        return CallFile.read(Files.writeString(folder.resolve(name), text), SHAPE, 1);
    }

    @Test
    @DisplayName("may be packed by gzip; one that is cut off says so")
    void readsPacked() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"latency_ms\": 812}\n".getBytes(StandardCharsets.UTF_8));
        }
        var file = Files.write(folder.resolve("calls.jsonl.gz"), packed.toByteArray());
        assertThat(CallFile.read(file, SHAPE, 1).calls()).hasSize(1);

        var cut = Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        assertThatThrownBy(() -> CallFile.read(cut, SHAPE, 1))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("calls.jsonl.gz cannot be read");
    }

    @Test
    @DisplayName("may write times as databases do: with a zone of hours only, or without its colon")
    void readsZones() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("zones.csv"),
                        """
                        latency_ms,at
                        1,2024-11-24 10:00:00.5+00
                        1,2024-11-24 15:30:00.500+0530
                        1,2024-11-24 15:30:00.500 +05:30
                        1,2024-11-24T07:00:00.5-03
                        1,"2024-11-24 10:00:00,500"
                        1,2024-11-24T10:00:00.5z
                        1,2024-11-24
                        1,2024-11-24 10:00:00+99
                        """);
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.calls())
                .hasSize(6)
                .extracting(RecordedCall::at)
                .containsOnly(Instant.parse("2024-11-24T10:00:00.500Z"));
        assertThat(sample.named()).extracting(BadRow::line).containsExactly(8L, 9L);
    }

    @Test
    @DisplayName("may be CSV with a column that nobody named, as that of the index of a table")
    void readsIndexed() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("indexed.csv"),
                        ",latency_ms,error\n0,812,False\n1,20,True\n");
        assertThat(CallFile.read(file, SHAPE, 1).calls())
                .extracting(call -> call.call().error())
                .containsExactly(false, true);
    }

    @Test
    @DisplayName("gives the numbers that the plan asks for, however their names are spelled")
    void readsNumbers() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("numbers.jsonl"),
                        """
                        {"error": false, "numbers": {"output_words": 120, "other": 3}}
                        {"Output Words": "7.5"}
                        {"error": false, "output_words": -1}
                        {"error": false, "output_words": 2e9}
                        {"error": false}
                        """);
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.calls())
                .extracting(call -> call.call().numbers())
                .containsExactly(
                        Map.of("output_words", 120.0), Map.of("output_words", 7.5), Map.of());
        assertThat(sample.named())
                .extracting(row -> row.text("f"))
                .containsExactly(
                        "f:3: output_words is a number, 0 or more, got -1",
                        "f:4: output_words is 0 to 1,000,000,000, got 2.0E9");
    }

    @Test
    @DisplayName("may be CSV with named columns; each row that cannot be read is named by its line")
    void readsCsv() {
        var sample = CallFile.read(resource("named.csv"), SHAPE, 1);

        assertThat(sample.calls()).hasSize(4);
        assertThat(sample.calls().getFirst())
                .isEqualTo(
                        new RecordedCall(
                                new Call(
                                        false,
                                        null,
                                        812.0,
                                        null,
                                        0.03,
                                        null,
                                        Map.of("hallucination", false)),
                                Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(sample.calls())
                .extracting(call -> String.valueOf(call.call().errorClass()))
                .containsExactly("null", "5xx", "429", "null");
        assertThat(sample.badRows()).isEqualTo(7);
        assertThat(sample.named())
                .extracting(row -> row.text("named.csv"))
                .containsExactly(
                        "named.csv:3: latency_ms is a number, got minus",
                        "named.csv:4: latency_ms is a number, 0 or more, got -5",
                        "named.csv:6: status 400 is the caller's fault and counts for no model",
                        "named.csv:7: the first line names 5 columns, this one has 3",
                        "named.csv:9: timestamp is a time such as 2026-11-24T10:00:00Z, got never",
                        "named.csv:10: latency_ms is a number, got 1,000",
                        "named.csv:11: hallucination is true or false, got perhaps");
    }

    @Test
    @DisplayName("may be NDJSON, with labels and errors in the shapes that people write")
    void readsNdjson() {
        var sample = CallFile.read(resource("named.ndjson"), SHAPE, 1);

        assertThat(sample.calls()).hasSize(3);
        var timeout = sample.calls().get(1).call();
        assertThat(timeout.error()).isTrue();
        assertThat(timeout.errorClass()).isEqualTo("timeout");
        var last = sample.calls().get(2);
        assertThat(last.at()).isEqualTo(Instant.parse("2026-01-01T00:00:02Z"));
        assertThat(last.call().latencyMs()).isEqualTo(500.0);
        assertThat(sample.named()).extracting(BadRow::line).containsExactly(4L, 5L, 6L);
    }

    @Test
    @DisplayName("counts all bad rows and names the first twenty")
    void countsBadRows() throws IOException {
        var file = folder.resolve("many.csv");
        Files.writeString(file, "latency_ms\n5\n" + "x\n".repeat(300));
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.badRows()).isEqualTo(300);
        assertThat(sample.named()).hasSize(20);
        assertThat(sample.named().getFirst().line()).isEqualTo(3);
    }

    @Test
    @DisplayName("keeps what stands before a broken end, and says that the rest was not read")
    void saysWhereJsonBreaks() throws IOException {
        var file = folder.resolve("cut.json");
        Files.writeString(file, "[\n{\"latency_ms\": 5},\n{\"latency_ms\": NaN},\n{\"late");
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.calls()).hasSize(1);
        assertThat(sample.named()).extracting(BadRow::line).containsExactly(3L, 4L);
        assertThat(sample.named().getFirst().why()).contains("latency_ms").contains("NaN");
        assertThat(sample.named().getLast().why()).contains("what follows was not read");
    }

    @Test
    @DisplayName("keeps an even sample of a long file, in its order, the same for a seed")
    void samplesLongFiles() throws IOException {
        var file = folder.resolve("long.csv");
        var text = new StringBuilder("\uFEFFlatency_ms\n");
        int calls = CallSample.MOST * 2;
        for (int i = 0; i < calls; i++) {
            text.append(i).append('\n');
        }
        Files.writeString(file, text);
        var sample = CallFile.read(file, SHAPE, 1);

        assertThat(sample.inFile()).isEqualTo(calls);
        assertThat(sample.calls()).hasSize(CallSample.MOST);
        var latencies =
                sample.calls().stream()
                        .map(call -> Objects.requireNonNull(call.call().latencyMs()))
                        .toList();
        assertThat(latencies).isSorted();
        // The mean of an even sample: five standard errors of a uniform distribution.
        assertThat(latencies.stream().mapToDouble(Double::doubleValue).average().orElse(0))
                .isBetween(calls * 0.495, calls * 0.505);
        assertThat(CallFile.read(file, SHAPE, 1)).isEqualTo(sample);
    }

    @Test
    @DisplayName("is refused with a plain line when it holds nothing, or is not there")
    void refusesNothing() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.csv"), "");
        assertThatThrownBy(() -> CallFile.read(empty, SHAPE, 1))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("holds no calls");

        var useless = Files.writeString(folder.resolve("useless.csv"), "colour\nred\n");
        assertThatThrownBy(() -> CallFile.read(useless, SHAPE, 1))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("useless.csv:2: nothing here can be judged");

        assertThatThrownBy(() -> CallFile.read(folder.resolve("none"), SHAPE, 1))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> CallFile.read(folder, SHAPE, 1))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("it is a directory");
    }

    static Path resource(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(CallFileTest.class.getResource("/replay/" + name))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
