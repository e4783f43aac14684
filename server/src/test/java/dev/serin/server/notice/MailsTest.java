package dev.serin.server.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("E-mail")
class MailsTest {

    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @DisplayName("reaches the mail server with its subject and text, under one id for all tries")
    void isSent() throws IOException {
        try (var letterbox = new Letterbox("451 busy")) {
            var letter = letter("mailto:ops@example.com");
            assertThat(mails(letterbox).send(letter))
                    .isEqualTo(new Outcome.Failed("the mail server answered 451"));
            assertThat(mails(letterbox).send(letter))
                    .isEqualTo(new Outcome.Delivered("the mail server took it"));
            var mail = letterbox.mails().getFirst();
            assertThat(letterbox.mails()).hasSize(1);
            assertThat(mail.to()).isEqualTo("<ops@example.com>");
            assertThat(mail.header("From")).isEqualTo("Serin <serin@example.com>");
            assertThat(mail.header("Subject")).isEqualTo("[Serin] support-chat: paused");
            assertThat(mail.header("Message-ID"))
                    .isEqualTo("<%s@example.com>".formatted(letter.notice()));
            assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
            assertThat(mail.body()).isEqualTo("Paused at 5 %.\n\nBy ada.\n");
        }
    }

    @Test
    @DisplayName("is tried no more where the mail server knows no such mailbox")
    void noSuchMailbox() throws IOException {
        try (var letterbox = new Letterbox("550 no such user")) {
            assertThat(mails(letterbox).send(letter("mailto:nobody@example.com")))
                    .isEqualTo(
                            new Outcome.Hopeless(
                                    "the mail server answered 550: it takes nothing for this"
                                            + " mailbox"));
        }
    }

    @Test
    @DisplayName("waits for a mail server that is away")
    void serverAway() throws IOException {
        var letterbox = new Letterbox();
        letterbox.close();
        assertThat(mails(letterbox).send(letter("mailto:ops@example.com")))
                .isEqualTo(new Outcome.Failed("the mail server could not be reached"));
    }

    @Test
    @DisplayName("says what to set where there is no mail server")
    void notSetUp() throws IOException {
        try (var letterbox = new Letterbox()) {
            var mails = new Mails(letterbox.client(VERTX), Optional.empty(), Duration.ofSeconds(5));
            assertThat(mails.isSetUp()).isFalse();
            assertThat(mails.send(letter("mailto:ops@example.com")).answer())
                    .contains("QUARKUS_MAILER_HOST");
            assertThat(letterbox.mails()).isEmpty();
        }
    }

    @Test
    @DisplayName("goes to one mailbox, whatever an old plan holds")
    void oneMailbox() throws IOException {
        try (var letterbox = new Letterbox()) {
            for (var address :
                    List.of(
                            "mailto:a@example.com,b@example.com",
                            "mailto:a@example.com?bcc=b@example.com",
                            "mailto:a@example.com\r\nRCPT TO:<b@example.com>",
                            "mailto:%0d%0a@example.com",
                            "mailto:\"a b\"@example.com",
                            "mailto:")) {
                assertThat(mails(letterbox).send(letter(address)))
                        .as(address)
                        .isInstanceOf(Outcome.Hopeless.class);
            }
            assertThat(letterbox.mails()).isEmpty();
        }
    }

    private static Mails mails(Letterbox letterbox) {
        return new Mails(
                letterbox.client(VERTX),
                Optional.of("Serin <serin@example.com>"),
                Duration.ofSeconds(10));
    }

    private static Letter letter(String address) {
        return new Letter(
                1,
                UUID.randomUUID(),
                address,
                Kind.EMAIL,
                1,
                0,
                "[Serin] support-chat: paused\n\nPaused at 5 %.\n\nBy ada.\n",
                List.of());
    }
}
