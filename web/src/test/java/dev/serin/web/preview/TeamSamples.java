package dev.serin.web.preview;

import dev.serin.web.team.TeamView;
import dev.serin.web.words.Tone;
import java.util.List;

/// Teams as the server shows them.
final class TeamSamples {

    private TeamSamples() {}

    static TeamView busy() {
        return new TeamView(
                "search",
                "/teams/search",
                "1 waits: search",
                Tone.WAITING,
                "search has 4 routes; one rollout waits for a person.",
                List.of(
                        new TeamView.Waiting(
                                "r-1",
                                "search-answers",
                                Tone.WAITING,
                                "Gate open",
                                "50 % passed: all 4 conditions are met. Go to 100 %?",
                                PartSamples.ago(40))),
                RouteSamples.list().routes(),
                "?team=search",
                List.of(
                        new TeamView.Member("Ada Byron", "admin", "in every team", false),
                        new TeamView.Member("<b>mira", "operator and approver", "in search", false),
                        new TeamView.Member("ci-deploy", "operator", "in search", true)));
    }

    static TeamView empty() {
        return new TeamView(
                "mail",
                "/teams/mail",
                "Team mail",
                Tone.QUIET,
                "mail has no route yet.",
                List.of(),
                List.of(),
                null,
                null);
    }
}
