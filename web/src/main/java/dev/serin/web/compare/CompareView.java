package dev.serin.web.compare;

import dev.serin.web.chart.Forest;
import dev.serin.web.chart.Ladder;
import dev.serin.web.chart.Scatter;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two to eight runs side by side, the first one the reference. With fewer, the page offers the
/// choices instead.
///
/// @param title `Compare: support-chat, 3 runs`
/// @param sentence what differs most; with fewer than two runs, what to do
/// @param unknown ids that were asked for and do not exist
/// @param caveats what makes their numbers hard to compare, a sentence each
/// @param query of this page with the runs that it shows, or empty: `?run=a&run=b`
/// @param runs in the order of the address
/// @param metrics sorted by regression, the worst first
/// @param scatter cost against quality, or null where it cannot be drawn
/// @param differences what differs between the plans, prices and judges
/// @param choices runs that may be added, the newest first
public record CompareView(
        String title,
        String sentence,
        List<String> unknown,
        List<String> caveats,
        String query,
        List<Run> runs,
        List<Metric> metrics,
        @Nullable Scatter scatter,
        List<Difference> differences,
        List<Choice> choices) {

    public CompareView {
        unknown = List.copyOf(unknown);
        caveats = List.copyOf(caveats);
        runs = List.copyOf(runs);
        metrics = List.copyOf(metrics);
        differences = List.copyOf(differences);
        choices = List.copyOf(choices);
    }

    /// Whether there is something to compare.
    public boolean comparable() {
        return runs.size() >= 2;
    }

    /// How what makes numbers hard to compare is marked.
    public Tone caution() {
        return Tone.UNSURE;
    }

    /// One run, a column.
    ///
    /// @param letter names it in the rows: `A`
    /// @param reference whether the others are measured against it
    /// @param outcome `promoted`, `rolled back`, `at 25 %`
    /// @param reason why, or empty
    /// @param took `2 h 10 min`
    /// @param waited of which waiting for people: `1 h 20 min`
    /// @param exposure `1,140 calls, 412 people, 9 bad`
    /// @param cost `$38, $0.033 a call`
    /// @param consequence what its callers met that they would not have met at the baseline:
    ///     `about 12 more bad answers, $31 more`
    /// @param arms what each arm answered, the candidate first
    /// @param without query of this page without the run: `?run=b&run=c`
    /// @param asReference query with the run first, or null when it is first
    public record Run(
            String id,
            String letter,
            boolean reference,
            String route,
            String baseline,
            String candidate,
            Tone tone,
            String outcome,
            String reason,
            Ladder ladder,
            When started,
            String took,
            String waited,
            String exposure,
            String cost,
            String consequence,
            List<Arm> arms,
            String without,
            @Nullable String asReference,
            boolean simulated) {

        public Run {
            arms = List.copyOf(arms);
        }
    }

    /// What one arm of a run answered.
    ///
    /// @param name `candidate` or `baseline`
    /// @param people callers whose keys were told, at least
    /// @param badPart of the calls: `0.8 %`, or empty
    /// @param each cost of a call: `$0.033 a call`, or empty
    public record Arm(
            String name,
            String calls,
            String people,
            String bad,
            String badPart,
            String money,
            String each) {}

    /// One metric in all runs.
    ///
    /// @param name `Hallucinations`
    /// @param sentence what stands out: `B is 4.1 points worse against its baseline than A.`
    /// @param caveats what makes it hard to compare here
    /// @param difference candidate minus its own concurrent baseline
    /// @param absolute the candidate alone
    public record Metric(
            String name,
            Tone tone,
            String sentence,
            List<String> caveats,
            Forest difference,
            Forest absolute) {

        public Metric {
            caveats = List.copyOf(caveats);
        }
    }

    /// Something in which the runs differ beside their numbers.
    ///
    /// @param name `steps`, `margin`, `judge of hallucinations`
    /// @param spoils whether numbers do not mean the same because of it
    /// @param values one for each run, in their order
    public record Difference(String name, boolean spoils, List<String> values) {

        public Difference {
            values = List.copyOf(values);
        }
    }

    /// A run that may be chosen.
    ///
    /// @param label `support-chat: gpt-3.5-turbo → gpt-4, promoted, 24 Nov`
    /// @param chosen whether it is among the runs
    public record Choice(String id, String label, boolean chosen) {}
}
