package dev.serin.server.demo;

import dev.serin.engine.rollout.Signal;
import dev.serin.simulator.play.Act;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.PlainProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Some twenty upgrades of eight routes over five weeks, the oldest first.
final class PastUpgrades {

    private static final String GATE = ", gate: manual";

    private static final ModelProfile QUICK =
            new PlainProfile("quick", 450, 250, 0.02, 0.04, 0.002);
    private static final ModelProfile CAREFUL =
            new PlainProfile("careful", 900, 500, 0.01, 0.02, 0.03);
    private static final ModelProfile CHEAPER =
            new PlainProfile("cheaper", 600, 300, 0.01, 0.02, 0.008);
    private static final ModelProfile SLOW = new PlainProfile("slow", 4200, 2600, 0.02, 0.02, 0.02);
    private static final ModelProfile FAILING =
            new PlainProfile("failing", 700, 400, 0.17, 0.02, 0.02);
    private static final ModelProfile INVENTIVE =
            new PlainProfile("inventive", 500, 300, 0.02, 0.15, 0.002);

    /// The upgrade that still waits at its gate, and the profiles of its models.
    static final String WAITING_ROUTE = "search-answers";

    static final ModelProfile WAITING_BASELINE = CAREFUL;
    static final ModelProfile WAITING_CANDIDATE = CHEAPER;

    private final List<PastUpgrade> all = new ArrayList<>();

    private PastUpgrades() {}

    static List<PastUpgrade> all() {
        var upgrades = new PastUpgrades();
        upgrades.past();
        upgrades.waiting();
        return List.copyOf(upgrades.all);
    }

    private void past() {
        add(
                34,
                9,
                "Ada",
                QUICK,
                QUICK,
                List.of(),
                plan(
                        "help-center",
                        "support",
                        "openai/gpt-3.5-turbo-0301",
                        "openai/gpt-3.5-turbo-0613",
                        ""));
        add(
                31,
                14,
                "Bo",
                QUICK,
                CAREFUL,
                approvedBy("Farah", 20),
                plan("search-answers", "search", "openai/gpt-3.5-turbo", "openai/gpt-4", GATE)
                        + "exposure: { usd: 20 }\n");
        add(
                28,
                10,
                "Chidi",
                QUICK,
                CHEAPER,
                approvedBy("Ada", 35),
                plan("mail-drafts", "office", "drafts-prompt-v6", "drafts-prompt-v7", GATE));
        add(
                27,
                15,
                "Emil",
                CAREFUL,
                CHEAPER,
                approvedBy("Dana", 12),
                plan("code-review", "platform", "openai/gpt-4", "openai/gpt-4-turbo", GATE));
        add(
                25,
                11,
                "Farah",
                QUICK,
                CAREFUL,
                List.of(),
                plan("summaries", "search", "llama-2-13b", "llama-2-70b", ""));
        add(
                23,
                16,
                "Bo",
                QUICK,
                INVENTIVE,
                List.of(),
                plan(
                        "translation",
                        "office",
                        "openai/gpt-3.5-turbo",
                        "anthropic/claude-instant",
                        ""));
        add(
                21,
                9,
                "Dana",
                CAREFUL,
                FAILING,
                List.of(),
                plan("voice-triage", "support", "triage-v1", "triage-v2", ""));
        add(
                20,
                13,
                "Ada",
                QUICK,
                SLOW,
                List.of(),
                plan(
                        "help-center",
                        "support",
                        "openai/gpt-3.5-turbo-0613",
                        "anthropic/claude-2",
                        GATE));
        add(
                18,
                10,
                "Farah",
                CAREFUL,
                CHEAPER,
                List.of(
                        Act.inStep(
                                1,
                                Duration.ofMinutes(11),
                                new Signal.RollBack(
                                        "Emil", "The index is being rebuilt; not today."))),
                plan("summaries", "search", "llama-2-70b", "mixtral-8x7b", ""));
        add(
                16,
                15,
                "Chidi",
                CHEAPER,
                CAREFUL,
                List.of(
                        Act.reject(
                                "Dana",
                                Duration.ofMinutes(48),
                                "The tone is off in German; see the samples.")),
                plan("mail-drafts", "office", "drafts-prompt-v7", "drafts-prompt-v8", GATE));
        add(
                14,
                9,
                "Emil",
                CAREFUL,
                CHEAPER,
                // Comes when the gate has lapsed.
                List.of(Act.approve("Dana", Duration.ofHours(5), "Ten answers, all fine.")),
                plan(
                        "contract-qa",
                        "legal",
                        "openai/gpt-4",
                        "openai/gpt-4-turbo",
                        ", gate: { kind: manual, note: Legal looks at ten answers., within: 4h, then: reject }"));
        add(
                13,
                14,
                "Emil",
                CHEAPER,
                FAILING,
                List.of(),
                plan(
                        "code-review",
                        "platform",
                        "openai/gpt-4-turbo",
                        "mistral/mistral-large",
                        GATE));
        add(
                12,
                11,
                "Bo",
                QUICK,
                CAREFUL,
                approvedBy("Farah", 26),
                plan(
                        "search-answers",
                        "search",
                        "openai/gpt-3.5-turbo",
                        "openai/gpt-4-turbo",
                        GATE));
        add(
                10,
                10,
                "Bo",
                QUICK,
                CHEAPER,
                approvedBy("Chidi", 8),
                plan("translation", "office", "openai/gpt-3.5-turbo", "openai/gpt-4o-mini", GATE));
        add(
                9,
                15,
                "Ada",
                QUICK,
                QUICK,
                approvedBy("Bo", 15),
                plan(
                        "help-center",
                        "support",
                        "openai/gpt-3.5-turbo-0613",
                        "openai/gpt-3.5-turbo-1106",
                        GATE));
        add(
                8,
                9,
                "Dana",
                CAREFUL,
                CHEAPER,
                List.of(),
                plan("voice-triage", "support", "triage-v1", "triage-v3", ""));
        add(
                6,
                13,
                "Chidi",
                CHEAPER,
                CHEAPER,
                approvedBy("Dana", 31),
                plan("mail-drafts", "office", "drafts-prompt-v7", "drafts-prompt-v9", GATE));
        add(
                5,
                10,
                "Farah",
                CAREFUL,
                CHEAPER,
                List.of(),
                plan("summaries", "search", "llama-2-70b", "mixtral-8x7b", ""));
        add(
                3,
                14,
                "Emil",
                CHEAPER,
                CHEAPER,
                List.of(
                        Act.inStep(
                                1,
                                Duration.ofMinutes(9),
                                new Signal.Pause("Emil", "Provider maintenance until noon.")),
                        Act.resume("Emil", Duration.ofMinutes(40), "The maintenance is over."),
                        Act.approve("Dana", Duration.ofMinutes(10), "As good, at half the price.")),
                plan("code-review", "platform", "openai/gpt-4-turbo", "openai/gpt-4o", GATE));
        add(
                2,
                11,
                "Emil",
                CAREFUL,
                CHEAPER,
                approvedBy("Farah", 55),
                plan(
                        "contract-qa",
                        "legal",
                        "openai/gpt-4",
                        "openai/gpt-4-turbo",
                        ", gate: { kind: manual, note: Legal looks at ten answers. }"));
    }

    private void waiting() {
        all.add(
                new PastUpgrade(
                        Duration.ofMinutes(125),
                        "Bo",
                        WAITING_BASELINE,
                        WAITING_CANDIDATE,
                        List.of(),
                        plan(
                                WAITING_ROUTE,
                                "search",
                                "openai/gpt-4-turbo",
                                "openai/gpt-4o",
                                ", gate: { kind: manual, note: Look at ten answers by hand first. }")));
    }

    private void add(
            int daysAgo,
            int hour,
            String by,
            ModelProfile baseline,
            ModelProfile candidate,
            List<Act> people,
            String plan) {
        // Hours of a working day, counted back from now: good enough for any time zone.
        var ago = Duration.ofDays(daysAgo).plusHours(17L - hour).plusMinutes(7L * daysAgo % 60);
        all.add(new PastUpgrade(ago, by, baseline, candidate, people, plan));
    }

    private static List<Act> approvedBy(String name, int minutes) {
        return List.of(Act.approve(name, Duration.ofMinutes(minutes), "The numbers are good."));
    }

    /// @param gate of the step of 50 %, as it stands in the document; empty for none
    private static String plan(
            String route, String team, String baseline, String candidate, String gate) {
        return """
        route: %s
        team: %s
        baseline: %s
        candidate: %s
        steps:
          - { name: 10%% canary, share: 10%%, duration: 20m }
          - { name: 25%% ramp, share: 25%%, duration: 30m }
          - { name: 50%% ramp, share: 50%%, duration: 30m%s }
          - { name: full, share: 100%%, duration: 0s }
        rollback:
          - error_rate >= 10%%
          - hallucination_rate >= 8%%
          - p95_latency_ms >= 5000
          - avg_cost_usd >= 0.10
        objectives:
          - { indicator: task_success_rate, target: 95%%, window: 24h }
        """
                .formatted(route, team, baseline, candidate, gate);
    }
}
