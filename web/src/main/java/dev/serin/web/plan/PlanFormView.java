package dev.serin.web.plan;

import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plan as a form, for people who don't write YAML, and where else a plan can come from.
///
/// @param open whether the form is unfolded
/// @param tone of `says`
/// @param says what the last button did: `The form stands in the plan below.`; empty for nothing
/// @param left what of the editor's plan has no field in the form: `steps[3].gate.note: …`
/// @param error what is wrong with the form as a whole; null if nothing is
/// @param names route, baseline, candidate
/// @param more what a plan may leave out
/// @param moreOpen whether that is unfolded
/// @param rest further fields as YAML
/// @param replaced what stood in the editor before the form was written into it; empty for nothing
/// @param earlier plans of earlier runs, the newest first
public record PlanFormView(
        boolean open,
        Tone tone,
        String says,
        List<String> left,
        @Nullable String error,
        List<FormField> names,
        FormRows steps,
        FormRows conditions,
        FormRows objectives,
        List<FormField> more,
        boolean moreOpen,
        FormField rest,
        String replaced,
        List<Earlier> earlier) {

    /// A run whose plan can be taken over.
    ///
    /// @param label route, models and when it was started
    public record Earlier(String id, String label, boolean chosen) {}

    public PlanFormView {
        left = List.copyOf(left);
        names = List.copyOf(names);
        more = List.copyOf(more);
        earlier = List.copyOf(earlier);
    }
}
