package dev.serin.engine.judge;

/// How many of an arm's calls that were chosen to be labelled have their label.
///
/// @param chosen those that were chosen, and those that brought the label along
/// @param labelled of these, those that carry it
/// @param waiting those whose label may still come; `labelled + waiting` is at most `chosen`
public record Coverage(long chosen, long labelled, long waiting) {

    static final Coverage NONE = new Coverage(0, 0, 0);

    public Coverage {
        if (labelled < 0 || waiting < 0 || labelled + waiting > chosen) {
            throw new IllegalArgumentException(
                    "coverage needs labelled + waiting <= chosen, got %d, %d, %d"
                            .formatted(labelled, waiting, chosen));
        }
    }

    /// Those whose label did not come before its deadline: nobody knows whether they were bad.
    public long missing() {
        return chosen - labelled - waiting;
    }

    Coverage plus(Coverage other) {
        return new Coverage(
                chosen + other.chosen, labelled + other.labelled, waiting + other.waiting);
    }
}
