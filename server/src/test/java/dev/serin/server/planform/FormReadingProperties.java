package dev.serin.server.planform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Plan;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.planfile.PlanWriterProperties;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FormReadingProperties {

    private static final List<String> NAMES =
            List.of(
                    "route",
                    "baseline",
                    "candidate",
                    "stepName",
                    "stepShare",
                    "stepDuration",
                    "stepGate",
                    "conditionMetric",
                    "conditionSide",
                    "conditionAgainst",
                    "conditionAmount",
                    "conditionThen",
                    "conditionCap",
                    "objectiveIndicator",
                    "objectiveTarget",
                    "objectiveWithin",
                    "objectiveWindow",
                    "errorBudget",
                    "patience",
                    "patienceCalls",
                    "badCalls",
                    "usd",
                    "costCap",
                    "rest");

    @Property(tries = 100) // a form filled from a plan says the same plan, or names what it lost
    void saysTheSameOrNamesWhatItLost(@ForAll("plans") Plan plan) {
        var filled = FormReading.fill(fileOf(plan), FormReadingProperties::read);
        var written = FormReading.write(filled.form(), FormReadingProperties::read);
        if (filled.left().isEmpty()) {
            assertThat(written.errors()).as(written.yaml()).isEmpty();
            assertThat(plan(written.yaml())).as(written.yaml()).isEqualTo(plan);
        } else {
            assertThat(written.errors().isEmpty() && plan(written.yaml()).equals(plan))
                    .as("%s of %s", filled.left(), written.yaml())
                    .isFalse();
        }
    }

    @Property(tries = 100) // only gates' words and mirrors are lost
    void losesOnlyWhatItHasNoFieldFor(@ForAll("plans") Plan plan) {
        assertThat(FormReading.fill(fileOf(plan), FormReadingProperties::read).left())
                .allSatisfy(left ->
                        assertThat(left)
                                .containsPattern(
                                        "^(steps\\[\\d+]\\.(gate\\.(note|within|then)|mirror)): "));
    }

    @Property(tries = 200) // whatever is typed, each error finds a field that the form has
    void errorsFindTheirField(@ForAll("posts") Map<String, List<String>> post) {
        var form = FormReading.posted(post);
        var written = FormReading.write(form, FormReadingProperties::read);
        assertThat(written.errors().keySet())
                .as(written.yaml())
                .allSatisfy(id -> assertThat(FormViews.ids(form)).contains(id));
    }

    @Provide
    Arbitrary<Plan> plans() {
        return new PlanWriterProperties().plans();
    }

    @Provide
    Arbitrary<Map<String, List<String>>> posts() {
        return Arbitraries.maps(Arbitraries.of(NAMES), typed().list().ofMaxSize(4));
    }

    private static Arbitrary<String> typed() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "",
                        "5%",
                        "10%",
                        "100",
                        "1h",
                        "manual",
                        "error_rate",
                        "baseline",
                        ">=",
                        "more",
                        "0.10",
                        "a: b",
                        "}",
                        "- x",
                        "\"",
                        "team: x",
                        "route: y",
                        "task_success_rate",
                        "response_latency",
                        "two\nlines",
                        "\u0007"),
                Arbitraries.strings().ofMaxLength(12));
    }

    private static PlanFile fileOf(Plan plan) {
        return new PlanFile(plan, null, null, List.of());
    }

    private static Plan plan(String yaml) {
        return ((PlanReading.Read) read(yaml)).plan();
    }

    private static PlanReading read(String yaml) {
        return PlanReader.read(yaml, Known.NOTHING);
    }
}
