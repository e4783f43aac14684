package dev.serin.web.rollout;

import java.util.List;

/// The plan as it was given, and what it left to be chosen.
///
/// @param text as it was given
/// @param defaulted what was not said and so chosen: `minCalls: 50`
public record PlanText(String text, List<String> defaulted) {

    public PlanText {
        defaulted = List.copyOf(defaulted);
    }
}
