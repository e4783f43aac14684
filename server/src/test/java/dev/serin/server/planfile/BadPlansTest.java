package dev.serin.server.planfile;

import static dev.serin.server.planfile.Documents.GOOD;
import static dev.serin.server.planfile.Documents.condition;
import static dev.serin.server.planfile.Documents.errors;
import static dev.serin.server.planfile.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A document that is no plan is refused")
class BadPlansTest {

    /// A document with one mistake, and what the person is told of it.
    private record Bad(String what, String document, int line, String field, String mend) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("with the line, the field and the mend:")
    @MethodSource({"wholes", "steps", "conditions", "options", "objectives"})
    void refused(Bad bad) {
        assertThat(errors(bad.document))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.line()).isEqualTo(bad.line);
                    assertThat(error.field()).isEqualTo(bad.field);
                    assertThat(error.message()).contains(bad.mend);
                    assertThat(error.message()).contains(error.value());
                });
    }

    static Stream<Bad> wholes() {
        return Stream.of(
                new Bad("empty", "", 1, "plan", "begin with route:"),
                new Bad("only a comment", "# nothing\n", 1, "plan", "begin with route:"),
                new Bad("a list", "- a\n", 1, "plan", "write route: …"),
                new Bad("text", "hello\n", 1, "plan", "write route: …"),
                new Bad("two documents", GOOD + "---\n" + GOOD, 9, "plan", "a file of its own"),
                new Bad("open bracket", "route: [a", 1, "plan", "close the bracket or the quote"),
                new Bad("open quote", "route: \"a\n", 2, "plan", "close the bracket or the quote"),
                new Bad("tab", "steps:\n\t- a\n", 2, "plan", "use spaces"),
                new Bad("two colons", "route: a: b\n", 1, "plan", "in quotes"),
                new Bad("percent first", "margin: %5\n", 1, "plan", "in quotes"),
                new Bad("control character", GOOD + "team: a\u0007b\n", 9, "plan", "U+0007"),
                new Bad("NUL", "route: a\u0000b\n", 1, "plan", "U+0000"),
                new Bad("recursion", "route: &a [*a]\n", 1, "plan", "write the value itself"),
                new Bad("no such alias", "route: *a\n", 1, "plan", "write the value itself"),
                new Bad("tag", "route: !!java.net.URL [a]\n", 1, "plan", "write the value alone"),
                new Bad("field twice", GOOD + "route: other\n", 9, "route", "keep one of them"),
                new Bad(
                        "the same thing twice",
                        GOOD + "rollback_conditions: []\n",
                        9,
                        "rollback_conditions",
                        "keep one of them"),
                new Bad("unknown field", GOOD + "minCall: 5\n", 9, "minCall", "mean minCalls?"),
                new Bad("field without a name", GOOD + "\"\": 5\n", 9, "\"\"", "one of route"),
                new Bad("snake case", GOOD + "min_calls: 5\n", 9, "min_calls", "mean minCalls?"),
                new Bad("merge key", GOOD + "<<: {key: user}\n", 9, "<<", "repeat the fields"),
                new Bad("no route", with("route: chat\n", ""), 1, "route", "write route: NAME"),
                new Bad("route is null", with("route: chat", "route:"), 1, "route", "NAME"),
                new Bad("route is a number", with("chat", "25"), 1, "route", "write \"25\""),
                new Bad("route with spaces", with("chat", "my chat"), 1, "route", "write my-chat"),
                new Bad("route with a slash", with("chat", "a/b"), 1, "route", "write a-b"),
                new Bad("blank name", with("gpt-4", "\" \""), 3, "candidate", "write one"),
                new Bad("spaces", with("gpt-4", "\" gpt-4\""), 3, "candidate", "remove them"),
                new Bad(
                        "long name",
                        with("gpt-4", "x".repeat(201)),
                        3,
                        "candidate",
                        "at most 200 characters"),
                new Bad(
                        "escaped control character",
                        with("gpt-4", "\"a\\u0007b\""),
                        3,
                        "candidate",
                        "no control characters"),
                new Bad(
                        "turned text",
                        with("gpt-4", "\"a\\u202eb\""),
                        3,
                        "candidate",
                        "no control characters"),
                new Bad(
                        "half a pair",
                        "{\"route\": \"a\\ud83d\", "
                                + "\"baseline\": \"a\", \"candidate\": \"b\","
                                + "\"steps\": [{\"share\": 1}], \"rollback\": [\"error_rate >= 1%\"]}",
                        1,
                        "route",
                        "no control characters"),
                new Bad("no baseline", with("baseline: gpt-3.5\n", ""), 1, "baseline", "NAME"),
                new Bad("no candidate", with("candidate: gpt-4\n", ""), 1, "candidate", "NAME"),
                new Bad(
                        "nobody who is forced",
                        GOOD + "always: {}\n",
                        (int) GOOD.lines().count() + 1,
                        "always",
                        "header: X-Staff"),
                new Bad(
                        "a header that is secret",
                        GOOD + "never: { header: Authorization, is: Bearer x }\n",
                        (int) GOOD.lines().count() + 1,
                        "never.header",
                        "of your own"),
                new Bad(
                        "a flag where a header's value belongs",
                        GOOD + "always: [{ header: X-Staff, is: true }]\n",
                        (int) GOOD.lines().count() + 1,
                        "always[0].is",
                        "write \"true\""),
                new Bad("same models", with("gpt-4", "gpt-3.5"), 3, "candidate", "another model"));
    }

    static Stream<Bad> steps() {
        var steps = GOOD.substring(GOOD.indexOf("steps:"), GOOD.indexOf("rollback:"));
        return Stream.of(
                step("no share", "name: a", "steps[0].share", "write share: 5%"),
                step("share 5", "share: 5", "steps[0].share", "write 5%"),
                step("share 150 %", "share: 150%", "steps[0].share", "0% to 100%"),
                step("share 101", "share: 101", "steps[0].share", "0% to 100%"),
                step("share below 0", "share: -5%", "steps[0].share", "0% to 100%"),
                step("share NaN", "share: .nan", "steps[0].share", "5% or 0.05"),
                step("share infinite", "share: .inf", "steps[0].share", "5% or 0.05"),
                step("share in words", "share: a tenth", "steps[0].share", "5% or 0.05"),
                step("share a list", "share: [5%]", "steps[0].share", "5% or 0.05"),
                step("share true", "share: true", "steps[0].share", "5% or 0.05"),
                step("tiny share", "share: 0.001%", "steps[0].share", "write 0.01%"),
                step("weight 5", "weight: 5", "steps[0].weight", "write 5%"),
                step("no unit", "share: 5%, duration: 30", "steps[0].duration", "write 30s"),
                step("below 0", "share: 5%, duration: -5s", "steps[0].duration", "0s or more"),
                step(
                        "ISO below 0",
                        "share: 5%, duration: PT-5S",
                        "steps[0].duration",
                        "0s or more"),
                step(
                        "number below 0",
                        "share: 5%, duration: -5",
                        "steps[0].duration",
                        "0s or more"),
                step("NaN time", "share: 5%, duration: .nan", "steps[0].duration", "0s or more"),
                step("time in words", "share: 5%, duration: soon", "steps[0].duration", "30s, 5m"),
                step("years", "share: 5%, duration: 400d", "steps[0].duration", "at most 365d"),
                step(
                        "seconds in words",
                        "share: 5%, duration_seconds: 30s",
                        "steps[0].duration_seconds",
                        "duration: 30s"),
                step(
                        "seconds infinite",
                        "share: 5%, duration_seconds: .inf",
                        "steps[0].duration_seconds",
                        "duration: 30s"),
                step("wrong gate", "share: 5%, gate: manuel", "steps[0].gate", "mean manual?"),
                step("gate true", "share: 5%, gate: true", "steps[0].gate", "gate: manual"),
                step(
                        "manual_gate text",
                        "share: 5%, manual_gate: \"yes\"",
                        "steps[0].manual_gate",
                        "true or false"),
                step(
                        "reject without a time",
                        "share: 5%, gate: {then: reject}",
                        "steps[0].gate.then",
                        "within: 4h"),
                step(
                        "gate for no time",
                        "share: 5%, gate: {within: 0s}",
                        "steps[0].gate.within",
                        "longer than 0s"),
                step("mirror", "share: 5%, mirror: 10%", "steps[0].mirror", "share: 0%"),
                step(
                        "unknown field",
                        "share: 5%, durration: 5m",
                        "steps[0].durration",
                        "mean duration?"),
                step("analysis", "share: 5%, analysis: []", "steps[0].analysis", "under rollback"),
                new Bad("no steps", GOOD.replace(steps, ""), 1, "steps", "write - {"),
                new Bad("steps empty", GOOD.replace(steps, "steps: []\n"), 4, "steps", "got 0"),
                new Bad("steps text", GOOD.replace(steps, "steps: a\n"), 4, "steps", "a list"),
                new Bad("step text", GOOD.replace(steps, "steps: [a]\n"), 4, "steps[0]", "name: …"),
                new Bad(
                        "10,000 steps",
                        GOOD.replace(steps, "steps:\n" + "  - { share: 5% }\n".repeat(10_000)),
                        5,
                        "steps",
                        "1 to 100 steps, got 10000"),
                new Bad(
                        "shares fall",
                        with("100%", "4%"),
                        6,
                        "steps[1].share",
                        "write one above 5%"),
                new Bad("shares rest", with("100%", "5%"), 6, "steps[1].share", "one above 5%"),
                new Bad(
                        "same name",
                        with("name: full", "name: canary"),
                        6,
                        "steps[1].name",
                        "write another name"),
                new Bad(
                        "nothing for the candidate",
                        GOOD.replace(steps, "steps:\n  - { share: 0%, duration: 5m }\n"),
                        5,
                        "steps[0].share",
                        "write share: 100%"));
    }

    /// The good plan with other fields in its first step.
    private static Bad step(String what, String fields, String field, String mend) {
        return new Bad(
                "step: " + what,
                with("name: canary, share: 5%, duration: 10m", fields),
                5,
                field,
                mend);
    }

    static Stream<Bad> conditions() {
        return Stream.of(
                limit("misspelt metric", "eror_rate >= 10%", "mean error_rate?"),
                limit("unknown metric", "happiness <= 10%", "write one of avg_cost_usd,"),
                limit(">", "error_rate > 10%", "write >="),
                limit("<", "error_rate < 10%", "write <="),
                limit("≥", "error_rate ≥ 10%", "write >="),
                limit("==", "error_rate == 10%", "write >= or <="),
                limit("no limit", "error_rate >=", "error_rate >= 10%"),
                limit("no comparator", "error_rate 10%", "error_rate >= 10%"),
                limit("rate of 10", "error_rate >= 10", "write 10%"),
                limit("rate of 100 %", "error_rate >= 100%", "between 0% and 100%"),
                limit("rate of 0", "error_rate >= 0%", "between 0% and 100%"),
                limit("rate NaN", "error_rate >= NaN", "10% or 0.1"),
                limit("rate in seconds", "error_rate >= 5s", "10% or 0.1"),
                limit("latency in percent", "p95_latency_ms >= 10%", "500ms or 5s"),
                limit("latency of 0", "p95_latency_ms >= 0", "500ms or 5s"),
                limit("endless latency", "p95_latency_ms >= PT9999999999999999S", "500ms or 5s"),
                limit("latency before 0", "p95_latency_ms >= PT-9999999999999999S", "500ms or 5s"),
                limit("latency in words", "p95_latency_ms >= slow", "500ms or 5s"),
                limit("cost in percent", "avg_cost_usd >= 10%", "write it as 0.10"),
                limit("cost below 0", "avg_cost_usd >= -1", "above 0"),
                limit("infinite cost", "avg_cost_usd >= Infinity", "above 0"),
                limit("huge exponent", "avg_cost_usd >= 1e999", "above 0"),
                limit("baseline alone", "error_rate >= baseline", "write baseline + 1%"),
                limit("1 * baseline", "error_rate >= 1 * baseline", "write baseline + 1%"),
                limit("0 * baseline", "error_rate >= 0 * baseline", "write 1.5 * baseline"),
                limit("baseline + 2", "error_rate >= baseline + 2", "write 2%"),
                limit("added percent", "p95_latency_ms >= baseline + 20%", "write 1.2 * baseline"),
                limit("time alone", "p95_latency_ms >= baseline", "write 1.1 * baseline"),
                limit("low is bad", "error_rate <= baseline", "write baseline - 1%"),
                limit("twice a factor", "error_rate >= 2 * baseline * 3", "2 * baseline + 1%"),
                limit("over baseline", "error_rate >= baseline / 2", "2 * baseline + 1%"),
                limit("no cap", "avg_cost_usd >= 2 * baseline", "write costCap: {avg_cost_usd: …}"),
                limit("cost per success", "avg_cost_usd_per_success >= 2 * baseline", ">= 0.10"),
                new Bad(
                        "metric without threshold",
                        condition("{ metric: error_rate }"),
                        8,
                        "rollback[0].threshold",
                        "threshold: 0.1"),
                new Bad(
                        "eq",
                        condition("{ metric: error_rate, threshold: 0.1, comparator: eq }"),
                        8,
                        "rollback[0].comparator",
                        ">= or <="),
                new Bad(
                        "threshold 10",
                        condition("{ metric: error_rate, threshold: 10 }"),
                        8,
                        "rollback[0].threshold",
                        "write 10%"),
                new Bad(
                        "when and metric",
                        condition("{ when: error_rate >= 1%, metric: error_rate }"),
                        8,
                        "rollback[0].metric",
                        "keep one of them"),
                new Bad(
                        "then",
                        condition("{ when: error_rate >= 1%, then: rolback }"),
                        8,
                        "rollback[0].then",
                        "mean rollback?"),
                new Bad(
                        "only shown",
                        condition("{ when: error_rate >= 1%, then: show }"),
                        8,
                        "rollback",
                        "let one of them rollback or ask"),
                new Bad(
                        "cap of a rate",
                        condition("{ when: error_rate >= 1%, cap: 1 }"),
                        8,
                        "rollback[0].cap",
                        "leave it out"),
                new Bad(
                        "cap below the limit",
                        condition("avg_cost_usd >= 0.10") + "costCap: 0.05\n",
                        9,
                        "costCap",
                        "write 0.5"),
                new Bad(
                        "cap of the unknown",
                        condition("avg_cost_usd >= 0.10") + "costCap: { avg_cost: 1 }\n",
                        9,
                        "costCap.avg_cost",
                        "mean avg_cost_usd?"),
                new Bad(
                        "twice",
                        condition("error_rate >= 10%\n  - error_rate >= 0.1"),
                        9,
                        "rollback[1]",
                        "take one out"),
                new Bad(
                        "no conditions",
                        with("rollback:\n  - error_rate >= 10%\n", ""),
                        1,
                        "rollback",
                        "write - error_rate >= 10%"),
                new Bad(
                        "conditions empty",
                        with("rollback:\n  - error_rate >= 10%\n", "rollback: []\n"),
                        7,
                        "rollback",
                        "write - error_rate >= 10%"),
                new Bad(
                        "too many conditions",
                        condition("error_rate >= 10%\n" + "  - error_rate >= 9%\n".repeat(50)),
                        8,
                        "rollback",
                        "at most 50 conditions, got 51"));
    }

    /// The good plan with another condition.
    private static Bad limit(String what, String text, String mend) {
        return new Bad("condition: " + what, condition("'" + text + "'"), 8, "rollback[0]", mend);
    }

    static Stream<Bad> options() {
        return Stream.of(
                option("errorBudget: 5", "errorBudget", "write 5%"),
                option("errorBudget: 0%", "errorBudget", "write 5%"),
                option("errorBudget: lots", "errorBudget", "5% or 0.05"),
                option("confidence: 95%", "confidence", "write rollback: …"),
                option("confidence: { promote: 95 }", "confidence.promote", "write 95%"),
                option("confidence: { promote: 100% }", "confidence.promote", "95% or 0.95"),
                option("confidence: { both: 95% }", "confidence.both", "one of rollback, promote"),
                option("margin: -1%", "margin", "0% to 100%"),
                option("minCalls: 0", "minCalls", "from 1 to"),
                option("minCalls: 2.5", "minCalls", "whole number"),
                option("minCalls: \"50\"", "minCalls", "without quotes"),
                option("minCalls: 1e400", "minCalls", "whole number"),
                option("patience: 0s", "patience", "longer than 0s"),
                option("patience: never", "patience", "30s, 5m"),
                option("patience: { calls: 0 }", "patience.calls", "from 1 to"),
                option("exposure: {}", "exposure", "badCalls: 50"),
                option("exposure: { usd: 0 }", "exposure.usd", "above 0"),
                option("exposure: { badCalls: -3 }", "exposure.badCalls", "from 1 to"),
                option("key: users", "key", "mean user?"),
                option("key: 5", "key", "write \"5\""),
                option("approvals: { count: 0 }", "approvals.count", "from 1 to 20"),
                option("approvals: { within: 0s }", "approvals.within", "longer than 0s"),
                option("approvals: { within: soon }", "approvals.within", "30s, 5m"),
                option("approvals: { notBy: me }", "approvals.notBy", "write starter"),
                option("labels: { share: 20% }", "labels.deadline", "write deadline: 2h"),
                option("labels: { share: 0%, deadline: 2h }", "labels.share", "write 20%"),
                option("links: { trace: javascript:alert(1) }", "links.trace", "https://"),
                option("links: { trace: 'https://a/b' }", "links.trace", "{traceId}"),
                option("links: { logs: 'https://a/b' }", "links.logs", "write trace"),
                option("notify: [somebody]", "notify", "write https://…"),
                option("notify: ftp://example.com/a", "notify", "write https://…"),
                option("notify: https://a:b@example.com/a", "notify", "before @"),
                option("notify: 'mailto:a@example.com?bcc=b@c.org'", "notify", "one only"),
                option("notify: http://169.254.169.254/latest", "notify", "link-local"),
                option("notify: 'http://[fe80::1]/a'", "notify", "link-local"),
                option("notify: https://example.com:70000/a", "notify", "1 to 65535"),
                option("team: ''", "team", "write one"),
                option("metrics: [a]", "metrics", "complaint_rate: {"),
                option("metrics: { Rude: {label: a} }", "metrics.Rude", "a-z, 0-9 and _"),
                option("metrics: { error_rate: {label: a} }", "metrics.error_rate", "another name"),
                option("metrics: { e_rate: {label: error} }", "metrics.e_rate.label", "error_rate"),
                option("metrics: { a_rate: {} }", "metrics.a_rate.label", "label: complaint"),
                option("metrics: { a: {label: b, score: c} }", "metrics.a.score", "keep one"),
                option("metrics: { a: {label: b, number: c} }", "metrics.a.number", "keep one"),
                option("metrics: { a: {number: 3} }", "metrics.a.number", "write \"3\""),
                option("metrics: { a: {label: b, cap: 3} }", "metrics.a.cap", "write number:"),
                option(
                        "metrics: { a: {number: b, percentile: 0.95} }",
                        "metrics.a.percentile",
                        "write percentile: 95"),
                option(
                        "metrics: { a: {number: b, percentile: 95, cap: 9} }",
                        "metrics.a.cap",
                        "only averages"),
                option("metrics: { a: {number: b, cap: 0} }", "metrics.a.cap", "a cap"),
                option("costCap: { a: 3 }", "costCap.a", "has no cap"),
                option("metrics: { a: {score: error} }", "metrics.a.score", "name of its own"),
                option(
                        "metrics: { a: {score: hallucination} }",
                        "metrics.a.score",
                        "true or false already"),
                option(
                        "metrics: { a: {score: b}, c: {label: b} }",
                        "metrics.c.label",
                        "is a score in another metric"),
                option("labels: { share: 20%, deadline: 0s }", "labels.deadline", "longer than 0s"),
                option("costCap: free", "costCap", "above 0"));
    }

    private static Bad option(String line, String field, String mend) {
        return new Bad(line, GOOD + line + "\n", 9, field, mend);
    }

    static Stream<Bad> objectives() {
        return Stream.of(
                objective("target: 95%", "indicator", "task_success_rate"),
                objective("indicator: task_success_rate", "target", "write target: 95%"),
                objective("indicator: success, target: 95%", "indicator", "write one of cost"),
                objective("indicator: task_success_rate, target: 95", "target", "write 95%"),
                objective("indicator: task_success_rate, target: 100%", "target", "95% or 0.95"),
                objective("indicator: response_latency, target: 95%", "within", "2000ms"),
                objective("indicator: cost_per_task, target: 95%", "within", "within: 0.10"),
                objective(
                        "indicator: response_latency, target: 95%, within: 2000",
                        "within", "write 2000s for seconds"),
                objective(
                        "indicator: task_success_rate, target: 95%, within: 2s",
                        "within", "leave it out"),
                objective(
                        "indicator: task_success_rate, target: 95%, window: 31d",
                        "window", "at most 30d"),
                objective("indicator: hallucination_rate, target: 8%", "target", "write 92%"));
    }

    private static Bad objective(String fields, String field, String mend) {
        return new Bad(
                "objective: " + fields,
                GOOD + "objectives:\n  - { " + fields + " }\n",
                10,
                "objectives[0]." + field,
                mend);
    }
}
