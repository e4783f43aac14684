package dev.serin.server.remote;

import dev.serin.server.remote.Verdicts.Verdict;

/// A rollout as JUnit's XML, which build servers show: a test case for each step and condition, and
/// one for how it ended.
final class JunitReport {

    private JunitReport() {}

    static String of(ShownRollout rollout, Verdicts verdicts) {
        var cases = new StringBuilder();
        verdicts.all().forEach(verdict -> cases.append(testCase(rollout, verdict)));
        cases.append(end(rollout));
        long failures =
                verdicts.all().stream().filter(Verdict::isBreach).count()
                        + (rollout.isOver() && !rollout.isPromoted() ? 1 : 0);
        long skipped =
                verdicts.all().stream().filter(v -> !v.isBreach() && !v.isMet()).count()
                        + (rollout.isOver() ? 0 : 1);
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="%s" tests="%d" failures="%d" errors="0" skipped="%d" id="%s">
        %s</testsuite>
        """
                .formatted(
                        escaped("serin " + rollout.route()),
                        verdicts.all().size() + 1,
                        failures,
                        skipped,
                        rollout.id(),
                        cases);
    }

    private static String testCase(ShownRollout rollout, Verdict verdict) {
        var inside =
                verdict.isMet()
                        ? "<system-out>%s</system-out>".formatted(escaped(verdict.sentence()))
                        : verdict.isBreach()
                                ? failure(verdict.sentence())
                                : skipped(verdict.finding() + ": " + verdict.sentence());
        return testCase(rollout, verdict.step() + ": " + verdict.condition(), inside);
    }

    private static String end(ShownRollout rollout) {
        return testCase(
                rollout,
                "outcome",
                rollout.isPromoted()
                        ? "<system-out>%s</system-out>".formatted(escaped(rollout.line()))
                        : rollout.isOver() ? failure(rollout.line()) : skipped(rollout.line()));
    }

    private static String testCase(ShownRollout rollout, String name, String inside) {
        return "  <testcase classname=\"%s\" name=\"%s\">%s</testcase>\n"
                .formatted(escaped("serin." + rollout.route()), escaped(name), inside);
    }

    private static String failure(String message) {
        return "<failure message=\"%s\"/>".formatted(escaped(message));
    }

    private static String skipped(String message) {
        return "<skipped message=\"%s\"/>".formatted(escaped(message));
    }

    private static String escaped(String text) {
        return text.replaceAll(
                        "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]",
                        "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
