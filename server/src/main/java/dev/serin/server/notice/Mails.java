package dev.serin.server.notice;

import dev.serin.server.SerinConfig;
import dev.serin.server.outward.BadAddress;
import dev.serin.server.outward.MailAddress;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Hands letters to the mail server that an admin has set up.
@ApplicationScoped
class Mails {

    /// What a mail server says of a mailbox that is not there, or may not be written to.
    private static final Set<Integer> NO_SUCH_MAILBOX = Set.of(550, 551, 553);

    private final MailClient client;
    private final Optional<String> from;
    private final Duration limit;

    @Inject
    Mails(
            MailClient client,
            @ConfigProperty(name = "quarkus.mailer.from") Optional<String> from,
            SerinConfig config) {
        this(client, from, config.notices().timeout());
    }

    /// @param from the sender; nothing can be sent without one
    Mails(MailClient client, Optional<String> from, Duration limit) {
        this.client = client;
        this.from = from;
        this.limit = limit;
    }

    /// Whether there is a mail server.
    boolean isSetUp() {
        return from.isPresent();
    }

    /// Sends one letter; its first line is the subject.
    Outcome send(Letter letter) {
        if (from.isEmpty()) {
            return new Outcome.Hopeless(
                    "no mail server is set up: set QUARKUS_MAILER_HOST and QUARKUS_MAILER_FROM,"
                            + " then send it again");
        }
        try {
            return send(letter, MailAddress.parse(letter.address()).mailbox(), from.get());
        } catch (BadAddress e) {
            return new Outcome.Hopeless(String.valueOf(e.getMessage()));
        }
    }

    private Outcome send(Letter letter, String to, String sender) {
        int end = letter.body().indexOf('\n');
        var mail =
                new MailMessage()
                        .setFrom(sender)
                        .setTo(to)
                        .setSubject(letter.body().substring(0, end))
                        .setText(letter.body().substring(end).strip() + "\n")
                        // The same for each try, so that a mailbox can tell a second copy.
                        .addHeader("Message-ID", "<%s@%s>".formatted(letter.notice(), host(sender)))
                        .addHeader("Auto-Submitted", "auto-generated");
        try {
            client.sendMail(mail)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Outcome.Delivered("the mail server took it");
        } catch (TimeoutException _) {
            return new Outcome.Failed(
                    "no answer of the mail server within %d s".formatted(limit.toSeconds()));
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("Serin stopped meanwhile");
        }
    }

    private static Outcome failed(@Nullable Throwable cause) {
        if (!(cause instanceof SMTPException refusal)) {
            return new Outcome.Failed("the mail server could not be reached");
        }
        var answer = "the mail server answered " + refusal.getReplyCode();
        return NO_SUCH_MAILBOX.contains(refusal.getReplyCode())
                ? new Outcome.Hopeless(answer + ": it takes nothing for this mailbox")
                : new Outcome.Failed(answer);
    }

    private static String host(String sender) {
        return sender.substring(sender.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }
}
