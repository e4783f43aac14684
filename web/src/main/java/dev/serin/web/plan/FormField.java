package dev.serin.web.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of the form, with what is wrong with it beside it.
///
/// @param id of the input; hint and error have ids that begin with it
/// @param name under which it is posted; the fields of all rows share theirs
/// @param value what was typed
/// @param hint what belongs here, such as `with its unit: 30s, 5m, 2h`; empty for none
/// @param options to choose from; empty for a field to type in
/// @param error what is wrong, the value and the mend; null if nothing is
/// @param focused whether the reader goes on here
public record FormField(
        String id,
        String name,
        String label,
        String value,
        String hint,
        List<Option> options,
        @Nullable String error,
        boolean focused) {

    /// One answer to choose.
    ///
    /// @param label as people read it
    public record Option(String value, String label) {}

    public FormField {
        options = List.copyOf(options);
    }

    /// The ids of what explains the field, for `aria-describedby`; null if nothing does.
    public @Nullable String describedBy() {
        var hinted = hint.isEmpty() ? "" : id + "-hint";
        var refused = error == null ? "" : id + "-error";
        var ids = (hinted + " " + refused).strip();
        return ids.isEmpty() ? null : ids;
    }
}
