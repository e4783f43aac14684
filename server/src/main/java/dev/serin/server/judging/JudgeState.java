package dev.serin.server.judging;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.server.planfile.RouteJudge;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the judge of a rollout's answers does, in the words of the API.
///
/// @param labelled answers that it gave a verdict or a score
/// @param unreadable those of which it said something else
/// @param failed those of which it said nothing, or that held no text
/// @param leftOut those that it was not asked about, for too many waited or all was spent
/// @param usd what it cost
/// @param mostUsd what it may cost
/// @param trouble why the newest answer got no label; null if it did, or there was none yet
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JudgeState(
        String model,
        String label,
        long labelled,
        long unreadable,
        long failed,
        long leftOut,
        double usd,
        double mostUsd,
        @Nullable String trouble) {

    /// Reads what [#of] needs, one row for each process: the newest first.
    public static final String ROWS =
            "select labelled, unreadable, failed, left_out, usd, trouble, at from answer_judge where rollout = ?1 order by at desc";

    /// Sums up what all processes counted.
    ///
    /// @param rows of [#ROWS]
    public static JudgeState of(RouteJudge judge, List<Object[]> rows) {
        long labelled = 0;
        long unreadable = 0;
        long failed = 0;
        long leftOut = 0;
        double usd = 0;
        for (var row : rows) {
            labelled += ((Number) row[0]).longValue();
            unreadable += ((Number) row[1]).longValue();
            failed += ((Number) row[2]).longValue();
            leftOut += ((Number) row[3]).longValue();
            usd += ((Number) row[4]).doubleValue();
        }
        return new JudgeState(
                judge.model(),
                judge.label(),
                labelled,
                unreadable,
                failed,
                leftOut,
                usd,
                judge.usd(),
                rows.isEmpty() ? null : (String) rows.getFirst()[5]);
    }
}
