package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The guide to plans")
class PlanGuideTest {

    private static final String GUIDE = Documents.text(Path.of("../docs/plan.md"));

    private static List<String> blocks(String kind) {
        return Pattern.compile("(?s)```" + kind + "\\n(.*?)```")
                .matcher(GUIDE)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    static Stream<String> examples() {
        return blocks("yaml").stream();
    }

    @ParameterizedTest
    @DisplayName("shows examples that are plans, or parts of one:")
    @MethodSource("examples")
    void examples(String example) {
        Documents.plan(example.startsWith("route:") ? example : withPart(example));
    }

    /// The good plan with the fields of `part` for its own.
    private static String withPart(String part) {
        var fields = Pattern.compile("(?m)^(\\w+):").matcher(part).results();
        var document = Documents.GOOD;
        for (var field : fields.map(match -> match.group(1)).toList()) {
            document = document.replaceFirst("(?m)^" + field + ":.*\\n(?:[ -].*\\n)*", "");
        }
        return document + part;
    }

    @Test
    @DisplayName("shows a plan that is shipped")
    void shipped() {
        var shipped = Documents.plan(Documents.text(Path.of("../plans/model-upgrade.yaml")));
        var shown = Documents.plan(examples().findFirst().orElseThrow());

        assertThat(shown.steps()).isEqualTo(shipped.steps());
        assertThat(shown.conditions()).isEqualTo(shipped.conditions());
    }

    @Test
    @DisplayName("shows the errors that the reader prints")
    void errors() {
        var printed =
                Documents.errors(blocks("yaml wrong").getFirst()).stream()
                        .map(error -> "plan.yaml:" + error.text() + "\n")
                        .collect(Collectors.joining());

        assertThat(blocks("text").getFirst()).isEqualTo(printed);
    }

    @ParameterizedTest
    @DisplayName("names all fields of a")
    @EnumSource
    void fields(Shape shape) {
        var group = shape.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(shape.all())
                .allSatisfy(name ->
                        assertThat(GUIDE)
                                .containsPattern("`(" + group + "\\.)?" + name + "(: [a-z]+)?`"));
    }

    @Test
    @DisplayName("names all metrics")
    void metrics() {
        assertThat(Metric.standard())
                .allSatisfy(metric -> assertThat(GUIDE).contains("`" + metric.name() + "`"));
    }

    @Test
    @DisplayName("tells the defaults that the engine has")
    void defaults() {
        var usual = Plan.Rules.DEFAULT;
        var told = new ArrayList<String>();
        Pattern.compile("(?m)^\\| `([\\w.]+)` \\| ([^|]*) \\|")
                .matcher(GUIDE)
                .results()
                .map(PlanGuideTest::row)
                .forEach(told::add);

        assertThat(told)
                .contains(
                        "minCalls = " + usual.minCalls(),
                        "patience.time = " + Times.text(usual.patience()).replace("1d", "24h"),
                        "patience.calls = " + usual.patienceCalls(),
                        "confidence.rollback = " + Math.round(usual.rollback() * 100) + "%",
                        "confidence.promote = " + Math.round(usual.promote() * 100) + "%",
                        "margin = " + Math.round(usual.margin() * 100) + "%",
                        "window = " + Times.text(Objectives.USUAL_WINDOW),
                        "key = `user`",
                        "then = `rollback`");
    }

    private static String row(MatchResult row) {
        return row.group(1) + " = " + row.group(2).strip();
    }
}
