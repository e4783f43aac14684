package dev.serin.server.access;

import static dev.serin.server.access.Need.ACCOUNT;
import static dev.serin.server.access.Need.ADMIN;
import static dev.serin.server.access.Need.APPROVER;
import static dev.serin.server.access.Need.OPERATOR;
import static dev.serin.server.access.Need.VIEWER;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who may call which address: one table for pages, API, streams, gateway, OFREP and OTLP.
///
/// The first rule that fits decides. What no rule speaks of is for admins. A `{part}` is one part of a
/// path without `;`, so that no address passes for a milder one.
final class Rules {

    private static final List<Rule> ALL =
            List.of(
                    new Rule("GET", "/name", ACCOUNT),
                    new Rule("POST", "/name", ACCOUNT),
                    new Rule("POST", "/logout", ACCOUNT),
                    new Rule("GET", "/settings", ACCOUNT),
                    new Rule("GET", "/settings/me", ACCOUNT),
                    new Rule("POST", "/settings/me/password", ACCOUNT),
                    new Rule("POST", "/settings/me/sessions", ACCOUNT),
                    new Rule("GET", "/settings/people", ADMIN),
                    new Rule("POST", "/settings/people", ADMIN),
                    new Rule("GET", "/settings/people/{name}", ADMIN),
                    new Rule("POST", "/settings/people/{name}/{act}", ADMIN),
                    new Rule("GET", "/settings/freezes", ADMIN),
                    new Rule("POST", "/settings/freezes", ADMIN),
                    new Rule("POST", "/settings/freezes/{id}/end", ADMIN),
                    new Rule("GET", "/", VIEWER),
                    new Rule("GET", "/stream", VIEWER),
                    new Rule("GET", "/rollouts/{id}", VIEWER),
                    new Rule("GET", "/rollouts/{id}/stream", VIEWER),
                    new Rule("GET", "/rollouts/{id}/calls", VIEWER),
                    new Rule("GET", "/rollouts/{id}/backtest", VIEWER),
                    new Rule("POST", "/rollouts/{id}/backtest", VIEWER),
                    new Rule("POST", "/rollouts/{id}/approve", APPROVER),
                    new Rule("POST", "/rollouts/{id}/reject", APPROVER),
                    new Rule("POST", "/rollouts/{id}/pause", OPERATOR),
                    new Rule("POST", "/rollouts/{id}/resume", OPERATOR),
                    new Rule("POST", "/rollouts/{id}/promote", OPERATOR),
                    new Rule("POST", "/rollouts/{id}/rollback", OPERATOR),
                    new Rule("GET", "/routes", VIEWER),
                    new Rule("GET", "/routes/{route}", VIEWER),
                    new Rule("POST", "/routes/{route}/restore", OPERATOR),
                    new Rule("POST", "/routes/{route}/team", ADMIN),
                    new Rule("GET", "/teams/{team}", VIEWER),
                    new Rule("GET", "/compare", VIEWER),
                    new Rule("GET", "/compare.csv", VIEWER),
                    new Rule("GET", "/compare.json", VIEWER),
                    new Rule("GET", "/notices", VIEWER),
                    new Rule("POST", "/notices/{id}/resend", OPERATOR),
                    new Rule("POST", "/receivers", ADMIN),
                    new Rule("POST", "/receivers/{id}/remove", ADMIN),
                    new Rule("GET", "/audit", ADMIN),
                    new Rule("GET", "/new", VIEWER),
                    new Rule("POST", "/new/check", VIEWER),
                    new Rule("POST", "/new/rows", VIEWER),
                    new Rule("POST", "/new/write", VIEWER),
                    new Rule("POST", "/new/fill", VIEWER),
                    new Rule("POST", "/new/example", VIEWER),
                    new Rule("POST", "/new", OPERATOR),
                    new Rule("GET", "/lab", VIEWER),
                    new Rule("GET", "/lab/{id}", VIEWER),
                    new Rule("POST", "/lab", OPERATOR),
                    new Rule("POST", "/lab/{id}/stop", OPERATOR),
                    new Rule("POST", "/demo/play", OPERATOR),
                    new Rule("POST", "/demo/play/{scenario}", OPERATOR),
                    new Rule("GET", "/styleguide", VIEWER),
                    new Rule("GET", "/api/v1/plan.schema.json", VIEWER),
                    new Rule("GET", "/api/v1/rollouts", VIEWER),
                    new Rule("POST", "/api/v1/rollouts", OPERATOR),
                    new Rule("GET", "/api/v1/rollouts/{id}", VIEWER),
                    new Rule("GET", "/api/v1/rollouts/{id}/journal", VIEWER),
                    new Rule("GET", "/api/v1/rollouts/{id}/evidence", VIEWER),
                    new Rule("GET", "/api/v1/rollouts/{id}/labels", VIEWER),
                    new Rule("GET", "/api/v1/rollouts/{id}/stream", VIEWER),
                    new Rule("POST", "/api/v1/rollouts/{id}/backtest", VIEWER),
                    new Rule("POST", "/api/v1/rollouts/{id}/observations", OPERATOR),
                    new Rule("POST", "/api/v1/rollouts/{id}/approve", APPROVER),
                    new Rule("POST", "/api/v1/rollouts/{id}/reject", APPROVER),
                    new Rule("POST", "/api/v1/rollouts/{id}/pause", OPERATOR),
                    new Rule("POST", "/api/v1/rollouts/{id}/resume", OPERATOR),
                    new Rule("POST", "/api/v1/rollouts/{id}/promote", OPERATOR),
                    new Rule("POST", "/api/v1/rollouts/{id}/rollback", OPERATOR),
                    new Rule("POST", "/api/v1/feedback", OPERATOR),
                    new Rule("GET", "/api/v1/routes", VIEWER),
                    new Rule("GET", "/api/v1/routes/{name}", VIEWER),
                    new Rule("PATCH", "/api/v1/routes/{name}", ADMIN),
                    new Rule("POST", "/api/v1/routes/{name}/restore", OPERATOR),
                    new Rule("GET", "/api/v1/compare", VIEWER),
                    new Rule("GET", "/api/v1/audit", ADMIN),
                    new Rule("POST", "/api/v1/lab", OPERATOR),
                    new Rule("GET", "/api/v1/notices", VIEWER),
                    new Rule("POST", "/api/v1/notices/{id}/resend", OPERATOR),
                    new Rule("GET", "/api/v1/receivers", ADMIN),
                    new Rule("POST", "/api/v1/receivers", ADMIN),
                    new Rule("DELETE", "/api/v1/receivers/{id}", ADMIN),
                    new Rule("GET", "/api/v1/freezes", VIEWER),
                    new Rule("POST", "/api/v1/freezes", ADMIN),
                    new Rule("DELETE", "/api/v1/freezes/{id}", ADMIN),
                    new Rule("GET", "/api/v1/people", ADMIN),
                    new Rule("POST", "/api/v1/people", ADMIN),
                    new Rule("GET", "/api/v1/people/{name}", ADMIN),
                    new Rule("PATCH", "/api/v1/people/{name}", ADMIN),
                    new Rule("DELETE", "/api/v1/people/{name}", ADMIN),
                    new Rule("POST", "/api/v1/people/{name}/invitation", ADMIN),
                    new Rule("DELETE", "/api/v1/people/{name}/sessions", ADMIN),
                    new Rule("GET", "/api/v1/tokens", ADMIN),
                    new Rule("POST", "/api/v1/tokens", ADMIN),
                    new Rule("DELETE", "/api/v1/tokens/{name}", ADMIN),
                    new Rule("POST", "/ofrep/v1/evaluate/flags", VIEWER),
                    new Rule("POST", "/ofrep/v1/evaluate/flags/{route}", VIEWER),
                    new Rule("GET", "/v1/models", VIEWER),
                    new Rule("GET", "/v1/models/{model}", VIEWER),
                    new Rule("POST", "/v1/{endpoint}", OPERATOR),
                    new Rule("POST", "/v1/chat/completions", OPERATOR),
                    new Rule("POST", "/v1/messages/count_tokens", OPERATOR),
                    new Rule("GET", "/q/metrics", VIEWER));

    /// The rule of every address without a `{part}`, by verb and address, so that the most asked ones
    /// cost no search.
    private static final Map<String, Map<String, Rule>> BY_ADDRESS =
            ALL.stream()
                    .filter(rule -> rule.address().indexOf('{') < 0)
                    .collect(
                            groupingBy(
                                    Rule::verb,
                                    toMap(
                                            Rule::address,
                                            rule ->
                                                    first(rule.verb(), rule.address())
                                                            .orElse(rule))));

    /// Where a role in any team lets in, and whoever answers looks further: what is started or told
    /// names its route only in its body.
    private static final Set<String> OF_ANY_TEAM =
            Set.of(
                    "GET /audit",
                    "GET /api/v1/audit",
                    "POST /receivers",
                    "GET /api/v1/receivers",
                    "POST /api/v1/receivers",
                    "GET /settings/freezes",
                    "POST /settings/freezes",
                    "POST /settings/freezes/{id}/end",
                    "POST /api/v1/freezes",
                    "DELETE /api/v1/freezes/{id}",
                    "GET /api/v1/tokens",
                    "POST /api/v1/tokens",
                    "DELETE /api/v1/tokens/{name}",
                    "POST /new",
                    "POST /api/v1/rollouts",
                    "POST /api/v1/feedback",
                    "POST /lab",
                    "POST /lab/{id}/stop",
                    "POST /api/v1/lab",
                    "POST /v1/{endpoint}",
                    "POST /v1/chat/completions",
                    "POST /v1/messages/count_tokens");

    /// What only a role in `everybody` is good for, also where it is about a team's route.
    private static final Set<String> OF_EVERYBODY =
            Set.of("GET /q/metrics", "POST /routes/{route}/team", "PATCH /api/v1/routes/{name}");

    private Rules() {}

    /// Whose role counts.
    enum Whose {
        /// One in the team of what the address names.
        ITS_TEAM,
        /// One in any team; what is shown or done is bounded by it.
        ANY_TEAM,
        /// One in `everybody`.
        EVERYBODY
    }

    /// Whose role counts at an address; [Whose#EVERYBODY] where no rule speaks of it.
    static Whose whose(Optional<Rule> rule, String path) {
        return rule.map(Rules::whose)
                .orElse(Named.in(path).isPresent() ? Whose.ITS_TEAM : Whose.EVERYBODY);
    }

    static Whose whose(Rule rule) {
        if (OF_EVERYBODY.contains(rule.text())) {
            return Whose.EVERYBODY;
        }
        if (Named.in(rule.address()).isPresent()) {
            return Whose.ITS_TEAM;
        }
        boolean isLooking = rule.need() == ACCOUNT || rule.need() == VIEWER;
        return isLooking || OF_ANY_TEAM.contains(rule.text()) ? Whose.ANY_TEAM : Whose.EVERYBODY;
    }

    static List<Rule> all() {
        return ALL;
    }

    /// What is needed; a `HEAD` needs what its `GET` does.
    ///
    /// @param path under the root, normalized
    static Need of(String method, String path) {
        return written(method, path).map(Rule::need).orElse(ADMIN);
    }

    /// The methods that an address takes, in order.
    ///
    /// @param path under the root, normalized
    static SortedSet<String> verbs(String path) {
        var verbs = new TreeSet<String>();
        for (var rule : ALL) {
            if (rule.fits(rule.verb(), path)) {
                verbs.add(rule.verb());
            }
        }
        if (verbs.contains("GET")) {
            verbs.add("HEAD");
        }
        return verbs;
    }

    /// The rule that somebody wrote for this address, if somebody did.
    static Optional<Rule> written(String method, String path) {
        var verb = method.equals("HEAD") ? "GET" : method;
        var exact = BY_ADDRESS.getOrDefault(verb, Map.of()).get(path);
        return exact == null ? first(verb, path) : Optional.of(exact);
    }

    private static Optional<Rule> first(String verb, String path) {
        return ALL.stream().filter(rule -> rule.fits(verb, path)).findFirst();
    }

    /// One line of the table.
    ///
    /// @param address with `{part}` for one part of any text
    record Rule(String verb, String address, Need need, Pattern pattern) {

        Rule(String verb, String address, Need need) {
            this(verb, address, need, pattern(address));
        }

        /// Such as `GET /routes/{route}`.
        String text() {
            return verb + " " + address;
        }

        boolean fits(String method, String path) {
            return verb.equals(method) && pattern.matcher(path).matches();
        }

        private static Pattern pattern(String address) {
            return Pattern.compile(address.replace(".", "\\.").replaceAll("\\{[a-z]+}", "[^/;]+"));
        }
    }
}
