package dev.serin.web.team;

import dev.serin.web.route.RoutesView;
import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One team, ready to print.
///
/// @param path of this page under the root, the name encoded: `/teams/search`
/// @param title the page's title, the most urgent state first: `1 waits: search`
/// @param sentence the page's answer: `search has three routes; a rollout on one waits.`
/// @param waiting what waits for a person on its routes, the oldest first
/// @param routes the first of its routes by name
/// @param more query of the list with the rollouts of all its routes, or null when all are shown
/// @param members who has which role here, or null for readers who are no admin of the team
public record TeamView(
        String name,
        String path,
        String title,
        Tone tone,
        String sentence,
        List<Waiting> waiting,
        List<RoutesView.Row> routes,
        @Nullable String more,
        @Nullable List<Member> members) {

    public TeamView {
        waiting = List.copyOf(waiting);
        routes = List.copyOf(routes);
        members = members == null ? null : List.copyOf(members);
    }

    /// A rollout that waits for a person.
    ///
    /// @param rollout its id
    /// @param state in a word or two: `Gate open`
    /// @param sentence why it waits
    public record Waiting(
            String rollout, String route, Tone tone, String state, String sentence, When since) {}

    /// Somebody who may do something here.
    ///
    /// @param roles in words: `operator and approver`
    /// @param from where these roles were given: `in every team`, or empty where it is this one
    /// @param machine whether it is a token
    public record Member(String name, String roles, String from, boolean machine) {}
}
