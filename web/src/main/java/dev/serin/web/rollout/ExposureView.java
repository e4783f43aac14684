package dev.serin.web.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who and what has met the candidate.
///
/// @param sentence `412 people met the candidate; 9 of 1,140 calls were bad.`
/// @param facts calls, people, money, bad answers
/// @param newest the newest bad calls
/// @param bad the list of all of them; null if there are none
public record ExposureView(
        String sentence, List<Fact> facts, List<BadCall> newest, @Nullable BadList bad) {

    public ExposureView {
        facts = List.copyOf(facts);
        newest = List.copyOf(newest);
    }
}
