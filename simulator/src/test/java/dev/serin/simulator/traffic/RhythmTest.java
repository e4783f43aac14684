package dev.serin.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rhythm of calls")
class RhythmTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-01-05T00:00:00Z");

    @Test
    @DisplayName("has the gaps of its shape: bursts are four times as uneven as even ones")
    void keepsItsShape() {
        // Azure 2023: conversations have a shape of 0.90 and a CV of 1.03, code 0.25 (CV 2.0).
        assertThat(variation(new Rhythm(5.5, 0.9, 0, Rhythm.FLAT))).isCloseTo(1.054, within(0.05));
        assertThat(variation(new Rhythm(2.5, 0.25, 0, Rhythm.FLAT))).isCloseTo(2.0, within(0.1));
    }

    @Test
    @DisplayName("brings as many calls a day as it says, most of them when the day is busy")
    void keepsItsRate() {
        var calls = calls(new Rhythm(0.5, 0.9, 0, Rhythm.CHAT), Duration.ofDays(3));
        var byHour = new int[24];
        calls.forEach(at -> byHour[at.atOffset(java.time.ZoneOffset.UTC).getHour()]++);

        assertThat(calls.size() / (3 * 86_400.0)).isCloseTo(0.5, within(0.02));
        // BurstGPT: 4 to 7 h at 3 % of the peak, and a dip at noon.
        assertThat(byHour[5] / (double) byHour[16]).isCloseTo(0.032, within(0.012));
        assertThat(byHour[12] / (double) byHour[11]).isCloseTo(68 / 159.0, within(0.08));
    }

    @Test
    @DisplayName("swings: minutes differ by more than chance, and neighbours are alike")
    void swings() {
        var byMinute = minutes(new Rhythm(5.5, 0.9, 0.25, Rhythm.FLAT));
        double mean = byMinute.stream().mapToDouble(it -> it).average().orElse(0);
        double variance =
                byMinute.stream().mapToDouble(it -> (it - mean) * (it - mean)).average().orElse(0);

        // Azure's conversations: 333 a minute, variance by mean 16; without a swing it is 1.1.
        assertThat(variance / mean).isBetween(8.0, 35.0);
        double still = 0;
        for (int i = 1; i < byMinute.size(); i++) {
            still += (byMinute.get(i) - mean) * (byMinute.get(i - 1) - mean);
        }
        assertThat(still / byMinute.size() / variance).isGreaterThan(0.6);
    }

    @Test
    @DisplayName("gives the same calls for the same seed, and never one before another")
    void seedGivesItAgain() {
        var rhythm = new Rhythm(2, 0.25, 0.9, Rhythm.CHAT);
        var calls = calls(rhythm, Duration.ofHours(12));

        assertThat(calls).isEqualTo(calls(rhythm, Duration.ofHours(12))).isSorted();
        assertThat(rhythm.arrivals(2).after(MIDNIGHT)).isNotEqualTo(calls.getFirst());
    }

    @Test
    @DisplayName("passes over hours without calls")
    void passesOverSilence() {
        var morning = new ArrayList<>(Collections.nCopies(24, 0.0));
        morning.set(9, 1.0);
        var first = new Rhythm(1, 1, 0, morning).arrivals(1).after(MIDNIGHT);

        assertThat(first)
                .isBetween(MIDNIGHT.plusSeconds(9 * 3600), MIDNIGHT.plusSeconds(10 * 3600));
    }

    @Test
    @DisplayName("is refused without calls, without a shape or without a day, also NaN")
    void refusesNonsense() {
        assertThatThrownBy(() -> new Rhythm(Double.NaN, 1, 0, Rhythm.FLAT))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Rhythm(1, 0, 0, Rhythm.FLAT)).hasMessageContaining("shape");
        assertThatThrownBy(() -> new Rhythm(1, 1, -1, Rhythm.FLAT)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Rhythm(1, 1, 0, List.of(1.0))).hasMessageContaining("24");
        assertThatThrownBy(() -> new Rhythm(1, 1, 0, Collections.nCopies(24, 0.0)))
                .hasMessageContaining("not all");
    }

    private static List<Instant> calls(Rhythm rhythm, Duration span) {
        var arrivals = rhythm.arrivals(1);
        var calls = new ArrayList<Instant>();
        for (var at = arrivals.after(MIDNIGHT);
                at.isBefore(MIDNIGHT.plus(span));
                at = arrivals.after(at)) {
            calls.add(at);
        }
        return calls;
    }

    private static double variation(Rhythm rhythm) {
        var calls = calls(rhythm, Duration.ofHours(3));
        var gaps = new ArrayList<Double>();
        for (int i = 1; i < calls.size(); i++) {
            gaps.add(Duration.between(calls.get(i - 1), calls.get(i)).toNanos() / 1e9);
        }
        double mean = gaps.stream().mapToDouble(it -> it).average().orElse(0);
        double variance =
                gaps.stream().mapToDouble(it -> (it - mean) * (it - mean)).average().orElse(0);
        return Math.sqrt(variance) / mean;
    }

    private static List<Integer> minutes(Rhythm rhythm) {
        var counts = new int[24 * 60];
        calls(rhythm, Duration.ofDays(1))
                .forEach(at -> counts[(int) Duration.between(MIDNIGHT, at).toMinutes()]++);
        return java.util.Arrays.stream(counts).boxed().toList();
    }
}
