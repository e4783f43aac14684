package dev.serin.server.lab;

import dev.serin.server.lab.LabReader.Asked;
import dev.serin.server.lab.LabReader.Objection;
import dev.serin.server.words.PlanProblems;
import dev.serin.simulator.lab.LabCandidates;
import dev.serin.simulator.lab.LabReport;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.web.lab.LabView;
import dev.serin.web.lab.LabView.Choice;
import dev.serin.web.lab.LabView.Form;
import dev.serin.web.lab.LabView.Progress;
import dev.serin.web.plan.NewPlanView.Problem;
import dev.serin.web.words.Numbers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Future.State;
import org.jspecify.annotations.Nullable;

/// The lab's page in its states: nothing tried yet, refused, under way, and done.
@ApplicationScoped
class LabViews {

    private static final String WHAT_IT_IS = "Try a plan before the first user meets it";

    /// Nothing was tried yet.
    LabView asked(String plan) {
        var asked =
                new Asked(
                        null,
                        List.of(),
                        List.of(),
                        Integer.toString(LabReader.RUNS),
                        Long.toString(LabReader.SEED),
                        LabReader.text(LabReader.RATE));
        return view("Lab", WHAT_IT_IS, form(plan, asked), List.of(), null, null);
    }

    LabView refused(String plan, Asked asked, List<Objection> objections) {
        int many = objections.size();
        var sentence =
                many == 1
                        ? "1 thing keeps this from being tried."
                        : many + " things keep this from being tried.";
        var problems =
                objections.stream()
                        .map(it -> new Problem(it.line(), it.field(), it.message(), "", true))
                        .toList();
        return view("Lab: look again", sentence, form(plan, asked), problems, null, null);
    }

    LabView busy(String plan, Asked asked) {
        return view(
                "Lab: busy",
                "The lab has as many runs as it can take. Try again in a minute.",
                form(plan, asked),
                List.of(),
                null,
                null);
    }

    LabView of(LabRun run) {
        var wish = run.wish();
        var asked =
                new Asked(
                        null,
                        wish.candidates().stream().map(ModelProfile::name).toList(),
                        List.of(),
                        Integer.toString(wish.runs()),
                        Long.toString(wish.seed()),
                        LabReader.text(wish.rate()));
        var form = form(wish.plan().source(), asked);
        var warnings = wish.plan().warnings().stream().map(PlanProblems::of).toList();
        return switch (run.report().state()) {
            case State.RUNNING -> underWay(run, form, warnings);
            case State.SUCCESS -> done(run.report().resultNow(), form, warnings);
            case State.FAILED, State.CANCELLED ->
                    view(
                            "Lab: failed",
                            "The lab itself failed on this plan; the server's log says why.",
                            form,
                            warnings,
                            null,
                            null);
        };
    }

    private static LabView underWay(LabRun run, Form form, List<Problem> warnings) {
        var plan = run.wish().plan().plan();
        long done = run.done();
        long of = Math.max(1, run.of());
        var words =
                run.of() == 0
                        ? "waits for its turn"
                        : "%s of %s rollouts played"
                                .formatted(Numbers.count(done), Numbers.count(of));
        return view(
                "Playing: " + plan.route(),
                "%s to %s is being played %s times against each of %s"
                        .formatted(
                                plan.baseline(),
                                plan.candidate(),
                                Numbers.count(run.wish().runs()),
                                counted(run.wish().candidates().size())),
                form,
                warnings,
                new Progress(run.id(), done, of, words),
                null);
    }

    private static LabView done(LabReport report, Form form, List<Problem> warnings) {
        return view(
                (report.whole() ? "Done: " : "Stopped: ") + report.order().plan().route(),
                LabReportViews.sentence(report),
                form,
                warnings,
                null,
                LabReportViews.of(report));
    }

    private static String counted(int candidates) {
        return candidates == 1 ? "one candidate" : candidates + " candidates";
    }

    private static Form form(String plan, Asked asked) {
        var chosen = asked.candidates();
        return new Form(
                plan,
                asked.runs(),
                asked.seed(),
                asked.rate(),
                LabCandidates.ALL.stream()
                        .map(it ->
                                new Choice(
                                        it.name(),
                                        CandidateWords.of(it.name()),
                                        chosen.isEmpty() || chosen.contains(it.name())))
                        .toList());
    }

    private static LabView view(
            String title,
            String sentence,
            Form form,
            List<Problem> problems,
            @Nullable Progress progress,
            LabView.@Nullable Report report) {
        return new LabView(title, sentence, form, problems, progress, report);
    }
}
