package dev.serin.server.lab;

import java.util.Map;

/// What the built-in candidates are like, in a few words.
final class CandidateWords {

    private static final Map<String, String> WORDS =
            Map.of(
                    "gpt-4-good",
                            "the original's good GPT-4: 1 % errors, 2 % made up, 0.8 to 1.2 s",
                    "same-as-baseline", "answers like GPT-3.5: 2 % errors, 6 % made up",
                    "five-times-the-errors", "the good one with 5 % errors",
                    "bit-over-hallucinations", "the good one that makes up 10 %",
                    "slow-tail", "the good one, up to 5.4 s slow",
                    "dear", "the good one at $0.15 a call and more",
                    "twice-the-error-limit", "the good one with 20 % errors",
                    "gpt-4-bad", "the original's bad GPT-4: p95 7.4 s, 4 % errors, $0.06");

    private CandidateWords() {}

    static String of(String name) {
        return WORDS.getOrDefault(name, "a profile of its own");
    }
}
