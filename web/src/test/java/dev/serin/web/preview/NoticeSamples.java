package dev.serin.web.preview;

import dev.serin.web.notice.NewReceiverView;
import dev.serin.web.notice.NoticesView;
import dev.serin.web.notice.NoticesView.Choice;
import dev.serin.web.notice.NoticesView.Line;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Logs of messages as they could be.
final class NoticeSamples {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private NoticeSamples() {}

    static NoticesView busy() {
        return new NoticesView(
                "One message is a dead letter: nobody took it.",
                Tone.BREACHED,
                "?state=",
                true,
                true,
                List.of(
                        line(
                                7,
                                "support-chat",
                                "https://hooks.example.com/…",
                                "webhook",
                                Tone.UNSURE,
                                "waits",
                                "2 tries",
                                "no answer within 10 s",
                                seconds(-21)),
                        line(
                                6,
                                "support-chat",
                                "ops@example.com",
                                "e-mail",
                                Tone.MET,
                                "delivered",
                                "1 try",
                                "the mail server took it",
                                null),
                        line(
                                5,
                                "<script>alert(1)</script>",
                                "https://hooks.slack.com/…",
                                "Slack",
                                Tone.BREACHED,
                                "dead letter",
                                "9 tries",
                                "it answered 500",
                                null)),
                filter("", ""),
                "?before=5",
                null,
                new NoticesView.Receivers(
                        List.of(
                                new NoticesView.Receiver(
                                        "3f8a",
                                        "https://hooks.slack.com/…",
                                        "Slack",
                                        "all routes",
                                        "Mira <b>",
                                        seconds(86_400))),
                        false,
                        new NoticesView.Typed("hooks.example.com/<b>", "slack", "support-chat", ""),
                        "address",
                        "this is no address of the web; write https://…"));
    }

    static NoticesView none() {
        return new NoticesView(
                "No message was sent yet.",
                Tone.QUIET,
                "",
                false,
                false,
                List.of(),
                filter("", ""),
                null,
                null,
                null);
    }

    static NewReceiverView added() {
        return new NewReceiverView("https://hooks.example.com/…", "whsec_c2VjcmV0");
    }

    private static NoticesView.Filter filter(String state, String route) {
        return new NoticesView.Filter(
                state,
                List.of(
                        new Choice("", "all", state.isEmpty()),
                        new Choice("dead", "dead letter", state.equals("dead"))),
                route,
                "",
                !state.isEmpty() || !route.isEmpty());
    }

    private static Line line(
            long id,
            String route,
            String receiver,
            String kind,
            Tone tone,
            String state,
            String tries,
            String answer,
            @Nullable When next) {
        return new Line(
                id,
                seconds(60 * (10 - id)),
                route,
                "0197a5a0-0000-7000-8000-00000000000" + id,
                "Rolled back to openai/gpt-3.5-turbo: p95 latency 7.3 s of 41 calls, limit 5 s.",
                receiver,
                kind,
                tone,
                state,
                tries,
                answer,
                seconds(9 * id),
                next,
                tone == Tone.BREACHED);
    }

    private static When seconds(long ago) {
        return Times.seen(NOW.minus(Duration.ofSeconds(ago)), NOW);
    }
}
