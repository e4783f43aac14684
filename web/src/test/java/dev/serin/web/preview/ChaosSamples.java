package dev.serin.web.preview;

import dev.serin.web.chart.BurnStrip;
import dev.serin.web.rollouts.ChaosPanel;
import dev.serin.web.rollouts.ChaosPanel.Fact;
import dev.serin.web.rollouts.ChaosPanel.Fault;
import dev.serin.web.words.Tone;
import java.util.List;

/// Faults, while one acts and another is yet to be played.
final class ChaosSamples {

    private static final String ROLLOUT = "3f0c0a4e-0000-4000-8000-000000000001";

    private ChaosSamples() {}

    static ChaosPanel underWay() {
        return new ChaosPanel(
                Tone.MET,
                "None of 1,710 calls of users failed.",
                /* isLive= */ true,
                null,
                List.of(acting(), ahead()));
    }

    private static Fault acting() {
        return new Fault(
                "rate-limit",
                "Rate limit",
                "80 % of the calls get 429 with Retry-After.",
                Tone.BREACHED,
                "Acts for 5 s",
                List.of(
                        new Fact(
                                "Users",
                                null,
                                "The baseline answers all: the candidate's provider rests",
                                "92 calls under the fault: none failed, 21 answered by the baseline in the candidate's place.",
                                null),
                        new Fact(
                                "Breaker",
                                Tone.BREACHED,
                                "Open: the provider rests for 4 s",
                                "It opened 1.3 s after the fault began.",
                                null),
                        new Fact("Upgrade", Tone.MOVING, "At 50 %", "", ROLLOUT)),
                new BurnStrip(
                        "Rate limit: the error budget burned at most 2.9×, and burns 2.9× now",
                        55,
                        List.of(
                                new BurnStrip.Point(0, 0),
                                new BurnStrip.Point(14, 0),
                                new BurnStrip.Point(15.5, 1.4),
                                new BurnStrip.Point(17, 2.9)),
                        new BurnStrip.Spell(12.4, 17.4, "fault")),
                "2.9× now, 2.9× at most");
    }

    private static Fault ahead() {
        return new Fault(
                "full-outage",
                "Full outage",
                "All calls fail with 5xx.",
                Tone.QUIET,
                "Not begun",
                List.of(),
                null,
                "");
    }
}
