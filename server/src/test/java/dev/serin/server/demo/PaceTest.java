package dev.serin.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client's pace")
class PaceTest {

    private final Pace pace = new Pace();

    @Test
    @DisplayName("begins with ten open calls, and is free once one was answered fast")
    void begins() {
        ask(10);
        assertThat(pace.bears()).isFalse();
        pace.answered(400);
        ask(50);
        assertThat(pace.bears()).isTrue();
    }

    @Test
    @DisplayName("holds back while even the fastest of the last twenty answers was slow")
    void holdsBack() {
        ask(60);
        pace.answered(400);
        for (int i = 0; i < 19; i++) {
            pace.answered(5_000);
        }
        assertThat(pace.bears()).isTrue();
        pace.answered(900);
        assertThat(pace.bears()).isFalse();
        pace.answered(600);
        assertThat(pace.bears()).isTrue();
    }

    @Test
    @DisplayName("always lets a few be open, so that it learns when the machine has room again")
    void neverStops() {
        ask(30);
        for (int i = 0; i < 21; i++) {
            pace.answered(5_000);
        }
        assertThat(pace.bears()).isTrue();
        ask(1);
        assertThat(pace.bears()).isFalse();
    }

    private void ask(int calls) {
        for (int i = 0; i < calls; i++) {
            pace.asks();
        }
    }
}
