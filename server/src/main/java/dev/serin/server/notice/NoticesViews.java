package dev.serin.server.notice;

import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitor;
import dev.serin.server.problem.Problem;
import dev.serin.web.notice.NoticesView;
import dev.serin.web.notice.NoticesView.Choice;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts letters and receivers into words.
@ApplicationScoped
class NoticesViews {

    private static final int PAGE = 50;

    /// A page on which something is sent so soon looks again by itself.
    private static final Duration SOON = Duration.ofMinutes(1);

    private final LetterLog letters;
    private final Receivers receivers;
    private final Mails mails;
    private final InstantSource clock;

    NoticesViews(LetterLog letters, Receivers receivers, Mails mails, InstantSource clock) {
        this.letters = letters;
        this.receivers = receivers;
        this.mails = mails;
        this.clock = clock;
    }

    NoticesView of(LogFilter filter, Visitor visitor) {
        return of(filter, visitor, NoticesView.Typed.NOTHING, null);
    }

    /// @param wrong which field keeps a receiver from being added, and why; null if none does
    NoticesView of(
            LogFilter filter, Visitor visitor, NoticesView.Typed typed, @Nullable Problem wrong) {
        var now = clock.instant();
        var found = letters.newest(filter, visitor.sight(), PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var counts = letters.counts(visitor.sight());
        var resends = visitor.scope(Role.OPERATOR);
        var admits = visitor.scope(Role.ADMIN);
        return new NoticesView(
                sentence(counts, shown, filter),
                counts.dead() > 0 ? Tone.BREACHED : Tone.QUIET,
                filter.address(),
                shown.stream().anyMatch(letter -> isSoonTried(letter, now)),
                resends.isSomewhere(),
                shown.stream().map(letter -> line(letter, resends, now)).toList(),
                filter(filter),
                found.size() > PAGE ? filter.from(shown.getLast().id()).address() : null,
                filter.before() == null ? null : filter.from(null).address(),
                admits.isSomewhere() ? receivers(admits, typed, wrong, now) : null);
    }

    private static boolean isSoonTried(Sent letter, Instant now) {
        return letter.state() == State.WAITS && letter.next().isBefore(now.plus(SOON));
    }

    private static NoticesView.Line line(Sent letter, Scope resends, Instant now) {
        var told = letter.told();
        var tried = letter.tried();
        return new NoticesView.Line(
                letter.id(),
                Times.seen(told.at(), now),
                told.route(),
                told.rollout().toString(),
                told.sentence(),
                letter.receiver(),
                letter.kind().words(),
                tone(letter.state()),
                letter.state().words(),
                tries(letter.tries()),
                letter.answer(),
                tried == null ? null : Times.seen(tried, now),
                letter.state() == State.WAITS && letter.next().isAfter(now)
                        ? Times.seen(letter.next(), now)
                        : null,
                resends.covers(told.team()) && letter.whyNot() == null);
    }

    private static Tone tone(State state) {
        return switch (state) {
            case WAITS -> Tone.UNSURE;
            case DELIVERED -> Tone.MET;
            case DEAD -> Tone.BREACHED;
        };
    }

    private static String tries(int tries) {
        return switch (tries) {
            case 0 -> "not tried yet";
            case 1 -> "1 try";
            default -> tries + " tries";
        };
    }

    private static String sentence(LetterLog.Counts counts, List<Sent> shown, LogFilter filter) {
        if (counts.dead() > 0) {
            return counts.dead() == 1
                    ? "One message is a dead letter: nobody took it."
                    : "%s messages are dead letters: nobody took them."
                            .formatted(many(counts.dead()));
        }
        if (counts.waiting() > 0) {
            return counts.waiting() == 1
                    ? "One message was not taken yet, and is tried again."
                    : "%s messages were not taken yet, and are tried again."
                            .formatted(many(counts.waiting()));
        }
        if (shown.isEmpty()) {
            return filter.isFiltering() || filter.before() != null
                    ? "No message matches this filter."
                    : "No message was sent yet.";
        }
        return shown.stream().anyMatch(letter -> letter.state() == State.WAITS)
                ? "Messages are on their way."
                : "Every message was taken.";
    }

    private static String many(int count) {
        return count < LetterLog.COUNTED ? Integer.toString(count) : "More than " + (count - 1);
    }

    private static NoticesView.Filter filter(LogFilter filter) {
        var states = new ArrayList<Choice>();
        states.add(new Choice("", "all", filter.state() == null));
        for (var state : State.values()) {
            states.add(new Choice(state.key(), state.words(), state == filter.state()));
        }
        return new NoticesView.Filter(
                key(filter.state()),
                states,
                filter.route(),
                filter.before() == null ? "" : filter.before().toString(),
                filter.isFiltering());
    }

    private static String key(@Nullable State state) {
        return state == null ? "" : state.key();
    }

    private NoticesView.Receivers receivers(
            Scope admits, NoticesView.Typed typed, @Nullable Problem wrong, Instant now) {
        var field = wrong == null ? null : wrong.more().get("field");
        var detail = wrong == null ? "" : wrong.detail();
        var all =
                receivers.all(admits).stream()
                        .map(one ->
                                new NoticesView.Receiver(
                                        one.id().toString(),
                                        one.wanted().receiver(),
                                        one.wanted().kind().words(),
                                        one.wanted().hears(),
                                        one.madeBy(),
                                        Times.seen(one.madeAt(), now)))
                        .toList();
        return new NoticesView.Receivers(
                all,
                mails.isSetUp(),
                typed,
                field == null ? null : field.toString(),
                field == null ? detail : detail.substring(detail.indexOf(':') + 1).strip());
    }
}
