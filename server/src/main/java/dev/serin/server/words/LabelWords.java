package dev.serin.server.words;

import dev.serin.engine.judge.Coverage;
import dev.serin.engine.judge.Finding;
import dev.serin.server.evidence.Judges;
import dev.serin.web.words.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How the labels of a condition came back, and from whom.
public final class LabelWords {

    private static final int MOST_JUDGES = 5;

    private LabelWords() {}

    /// A line for each arm and one for the judges; empty for conditions that read no labels.
    ///
    /// @param judges all that labelled calls of the rollout
    public static List<String> lines(Finding finding, List<Judges.Judge> judges) {
        var label = finding.condition().metric().label();
        if (label == null) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        var arms = finding.arms();
        var candidate = arms.candidateLabels();
        var baseline = arms.baselineLabels();
        if (candidate != null) {
            lines.add("candidate: " + coverage(candidate));
        }
        if (baseline != null && baseline.chosen() > 0) {
            lines.add("baseline: " + coverage(baseline));
        }
        var own = judges.stream().filter(judge -> judge.label().equals(label)).toList();
        if (!own.isEmpty()) {
            lines.add(judges(own));
        }
        return lines;
    }

    private static String coverage(Coverage labels) {
        if (labels.chosen() == 0) {
            return "no call was chosen to be labelled yet";
        }
        return "%s of %s chosen calls labelled (%s)%s%s"
                .formatted(
                        Numbers.count(labels.labelled()),
                        Numbers.count(labels.chosen()),
                        Numbers.percent((double) labels.labelled() / labels.chosen()),
                        labels.waiting() == 0
                                ? ""
                                : ", " + Numbers.count(labels.waiting()) + " waiting",
                        labels.missing() == 0
                                ? ""
                                : ", " + Numbers.count(labels.missing()) + " never came");
    }

    private static String judges(List<Judges.Judge> judges) {
        long failed = judges.stream().mapToLong(Judges.Judge::failed).sum();
        return "labelled by %s%s%s"
                .formatted(
                        names(judges),
                        failed == 0
                                ? ""
                                : "; %s could not be labelled".formatted(Numbers.count(failed)),
                        judges.size() == 1
                                ? ""
                                : "; another judge or version can look like another model");
    }

    /// Judges with their versions: `openai/gpt-4o 3fa91b2c77aa, people`; at least one.
    public static String names(List<Judges.Judge> judges) {
        var names =
                judges.stream()
                        .limit(MOST_JUDGES)
                        .map(LabelWords::name)
                        .collect(Collectors.joining(", "));
        int more = judges.size() - MOST_JUDGES;
        return more > 0 ? "%s and %d more".formatted(names, more) : names;
    }

    private static String name(Judges.Judge judge) {
        if (judge.name().isEmpty() && judge.version().isEmpty()) {
            return "a judge without a name";
        }
        return (judge.name() + " " + judge.version()).strip();
    }
}
