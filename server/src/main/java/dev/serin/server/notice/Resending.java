package dev.serin.server.notice;

import dev.serin.server.audit.Audit;
import dev.serin.server.audit.Deed;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response.Status;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Has dead letters sent again because a person says so, and writes down who said it.
@ApplicationScoped
class Resending {

    private final LetterLog letters;
    private final Audit audit;
    private final InstantSource clock;

    Resending(LetterLog letters, Audit audit, InstantSource clock) {
        this.letters = letters;
        this.audit = audit;
        this.clock = clock;
    }

    /// Puts a dead letter back among those that are due; it keeps its id and what it says.
    ///
    /// A second click finds it waiting, and is refused.
    ///
    /// @param by as the journal writes a name
    /// @return the letter as it is now
    /// @throws ProblemException if there is none, or it is not dead, or nobody wants it any more
    @Transactional(dontRollbackOn = ProblemException.class)
    Sent again(long id, String by) {
        var letter =
                letters.lock(id)
                        .orElseThrow(() ->
                                ProblemException.notFound(
                                        "no-such-notice", "there is no message " + id));
        var whyNot = letter.whyNot();
        if (whyNot != null) {
            write(letter, by, whyNot, letter);
            throw new ProblemException(Problem.of("not-resendable", Status.CONFLICT, whyNot));
        }
        letters.again(id, clock.instant());
        var now = letters.lock(id).orElse(letter);
        write(letter, by, null, now);
        return now;
    }

    private void write(Sent before, String by, @Nullable String refused, Sent after) {
        var told = before.told();
        audit.write(
                new Deed(
                        clock.instant(),
                        by,
                        "resend",
                        new Deed.About(told.route(), told.rollout(), told.team()),
                        "",
                        refused,
                        state(before),
                        state(after)));
    }

    private static String state(Sent letter) {
        return "message %d to %s: %s".formatted(letter.id(), letter.receiver(), letter.words());
    }
}
