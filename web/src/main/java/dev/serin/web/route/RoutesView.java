package dev.serin.web.route;

import dev.serin.web.chart.BudgetBar;
import dev.serin.web.chart.Ladder;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The list of routes, ready to print.
///
/// @param title the page's title, the most urgent state first: `1 budget exhausted`
/// @param sentence the page's answer: `Three routes; a rollout is under way on one.`
/// @param address of this page in its query, such as `?after=mail`; empty for the first page
/// @param next query of the next page, or null on the last
/// @param first query of the first page, or null when this is the first
/// @param begin the command that makes the first route
public record RoutesView(
        String title,
        Tone tone,
        String sentence,
        String address,
        List<Row> routes,
        @Nullable String next,
        @Nullable String first,
        String begin) {

    public RoutesView {
        routes = List.copyOf(routes);
    }

    /// One route.
    ///
    /// @param path of its page under the root, its name encoded: `/routes/a%20b`
    /// @param active the rollout under way, or null when there is none
    /// @param budget the tightest of its budgets over 30 days, or null without objectives
    /// @param last how the last rollout ended, or null when none has
    public record Row(
            String name,
            String path,
            String model,
            When since,
            @Nullable Active active,
            @Nullable Budget budget,
            @Nullable Last last,
            boolean simulated) {}

    /// A rollout under way.
    ///
    /// @param words `Gate open at 50 %`
    public record Active(String id, String candidate, Ladder ladder, Tone tone, String words) {}

    /// What is left of an error budget.
    ///
    /// @param words `62 % left: 12 bad of 634 calls`
    public record Budget(String indicator, Tone tone, String state, String words, BudgetBar bar) {}

    /// How a rollout ended.
    ///
    /// @param words `gpt-4 was promoted`
    public record Last(String id, Tone tone, String words, When ended) {}
}
