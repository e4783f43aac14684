package dev.serin.server.freeze;

import static dev.serin.server.problem.ProblemException.badField;

import dev.serin.server.access.Grant;
import dev.serin.server.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A freeze that somebody wants.
///
/// @param team a team's name, or [Grant#EVERY_TEAM] for all
/// @param from when it begins, `now` at the earliest
/// @param until after `from`, at most [#LONGEST] after it
/// @param why at most [#LONGEST_WHY] characters; may be empty
record Wanted(String team, Instant from, Instant until, String why) {

    /// A freeze that is forgotten must end by itself.
    static final Duration LONGEST = Duration.ofDays(366);

    static final int LONGEST_WHY = 200;

    private static final String TIME_RULE =
            "is a time like 2026-11-30T09:00:00Z; without a zone it is UTC";

    /// @param team null for all teams
    /// @param from null for now
    /// @throws ProblemException with the field that is wrong
    static Wanted of(
            @Nullable String team,
            @Nullable String from,
            @Nullable String until,
            @Nullable String why,
            Instant now) {
        var name = team == null || team.isBlank() ? Grant.EVERY_TEAM : team.strip();
        if (Grant.teamNamed(name).isEmpty()) {
            throw badField("team", Grant.TEAM_RULE);
        }
        if (until == null || until.isBlank()) {
            throw badField("until", "is missing; " + TIME_RULE);
        }
        var end = time("until", until);
        var wished = from == null || from.isBlank() ? now : time("from", from);
        var start = wished.isBefore(now) ? now : wished;
        if (!end.isAfter(now)) {
            throw badField("until", "has passed; a freeze ends later than now");
        }
        if (!end.isAfter(start)) {
            throw badField("until", "is to be after its beginning, " + start);
        }
        if (end.isAfter(start.plus(LONGEST))) {
            throw badField(
                    "until", "is at most %d days after its beginning".formatted(LONGEST.toDays()));
        }
        return new Wanted(name, start, end, reason(why));
    }

    /// In one line, for whoever reads it on a page, in a log or in a message.
    private static String reason(@Nullable String why) {
        var line = why == null ? "" : why.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
        if (line.length() > LONGEST_WHY) {
            throw badField("why", "has at most %d characters".formatted(LONGEST_WHY));
        }
        return line;
    }

    // Microseconds are what the database keeps.
    private static Instant time(String field, String text) {
        try {
            var written = text.strip();
            var at =
                    written.matches(".*([zZ]|[+-]\\d\\d:\\d\\d)")
                            ? java.time.OffsetDateTime.parse(written).toInstant()
                            : LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
            return at.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException | ArithmeticException _) {
            throw badField(field, TIME_RULE);
        }
    }
}
