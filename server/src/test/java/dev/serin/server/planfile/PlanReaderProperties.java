package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlanReaderProperties {

    /// Cuts `length` characters at a part `at` of the document and puts `text` there.
    record Mutation(double at, int length, String text) {

        String on(String document) {
            int from = (int) (at * document.length());
            int to = Math.min(document.length(), from + length);
            return document.substring(0, from) + text + document.substring(to);
        }
    }

    @Property(tries = 1000) // whatever is done to a plan, it is read or refused with a place
    void mutantsAreReadOrRefused(
            @ForAll("documents") String document, @ForAll("mutations") List<Mutation> mutations) {
        var mutant = document;
        for (var mutation : mutations) {
            mutant = mutation.on(mutant);
        }
        endsWell(PlanReader.read(mutant, Known.NOTHING), mutant);
    }

    @Property(tries = 300) // whatever bytes there are, they are read or refused with a place
    void bytesAreReadOrRefused(
            @ForAll("documents") String document, @ForAll byte[] bytes, @ForAll double where) {
        byte[] mutant = document.getBytes(StandardCharsets.UTF_8);
        int from = (int) (Math.abs(where) % 1 * mutant.length);
        for (int i = 0; i < bytes.length && from + i < mutant.length; i++) {
            mutant[from + i] = bytes[i];
        }
        endsWell(PlanReader.read(mutant, _ -> Known.NOTHING), "bytes at " + from);
    }

    private static void endsWell(PlanReading reading, String document) {
        switch (reading) {
            case PlanReading.Read(PlanFile file, List<Warning> warnings, String _) -> {
                assertThat(file.plan().conditions()).as(document).isNotEmpty();
                assertThat(warnings).allMatch(warning -> warning.line() >= 1);
            }
            case PlanReading.Refused(List<PlanError> errors) ->
                    assertThat(errors)
                            .as(document)
                            .isNotEmpty()
                            .allSatisfy(error -> {
                                assertThat(error.line())
                                        .isBetween(1, document.split("\n", -1).length + 1000);
                                assertThat(error.column()).isPositive();
                                assertThat(error.field()).isNotBlank();
                                assertThat(error.message()).isNotBlank().doesNotContain("\n");
                            });
            case PlanReading.TooLarge(long bytes) ->
                    assertThat(bytes).isGreaterThan(PlanReader.MOST_BYTES);
        }
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(
                Documents.GOOD,
                Documents.sample("full.yaml"),
                Documents.sample("full.json"),
                Documents.sample("original.yaml"));
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.oneOf(
                                Arbitraries.of(
                                        "",
                                        "-",
                                        "%",
                                        "5",
                                        ".nan",
                                        "-.inf",
                                        "1e999",
                                        "null",
                                        "true",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        ":",
                                        ": ",
                                        "\n",
                                        "\n  ",
                                        "\t",
                                        "\"",
                                        "'",
                                        "&a ",
                                        "*a",
                                        "!!x ",
                                        "<<: ",
                                        "? ",
                                        "| ",
                                        "> ",
                                        "#",
                                        "---\n",
                                        "...",
                                        "baseline",
                                        " * ",
                                        "0x",
                                        "\\u0000",
                                        "\uD83D",
                                        "\u0000",
                                        "\u2028",
                                        "9".repeat(50)),
                                Arbitraries.strings().ofMaxLength(4)))
                .as(Mutation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
