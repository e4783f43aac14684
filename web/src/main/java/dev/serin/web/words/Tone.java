package dev.serin.web.words;

import io.quarkus.qute.RawString;
import java.util.Locale;

/// The meaning of a state, shown by a shape and a colour beside its word.
public enum Tone {
    /// The condition is kept, or the candidate was promoted.
    MET("<circle cx='8' cy='8' r='7'/><path class='cut' d='M4.5 8.2 7 10.7 11.6 5.6'/>"),
    /// The condition is broken, or the candidate was rolled back.
    BREACHED(
            "<path d='M8 .8 15.2 8 8 15.2.8 8Z'/><path class='cut' d='M5.8 5.8l4.4 4.4m0-4.4-4.4 4.4'/>"),
    /// Nobody can say yet.
    UNSURE(
            "<circle class='hollow' cx='8' cy='8' r='6.2'/><path class='line' d='M6.2 6.4a1.9 1.9 0 1 1 2.6 1.9q-.8.4-.8 1.2M8 11.4v.2'/>"),
    /// A person must decide.
    WAITING(
            "<rect x='1' y='1' width='14' height='14' rx='2'/><path class='cut' d='M8 4.2v4.6M8 11.4v.3'/>"),
    /// The rollout is paused.
    PAUSED("<rect x='1' y='1' width='14' height='14' rx='2'/><path class='cut' d='M6 5v6m4-6v6'/>"),
    /// The rollout is on its way and asks nothing of anybody.
    MOVING("<path d='M2.5 1.5 14.5 8l-12 6.5Z'/>"),
    /// Neither good nor bad: a remark, a condition that rests, a run that has not begun.
    QUIET("<circle cx='8' cy='8' r='3.2'/>");

    private final String shape;

    Tone(String shape) {
        this.shape = shape;
    }

    /// The name of the state in style sheets and in the address of the page's icon.
    public String css() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The state's shape, as SVG.
    public RawString mark() {
        return new RawString(
                "<svg class='mark' viewBox='0 0 16 16' aria-hidden='true'>%s</svg>"
                        .formatted(shape));
    }
}
