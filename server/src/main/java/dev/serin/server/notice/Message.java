package dev.serin.server.notice;

import dev.serin.engine.rollout.Entry;
import dev.serin.server.words.JournalWords;
import dev.serin.web.rollout.EntryView;
import dev.serin.web.rollout.FindingView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is told of one entry of the journal.
///
/// @param kind such as `rollout.rolled_back`
/// @param sentence the journal's own, with its numbers
/// @param body for webhooks, JSON
/// @param slack for Slack, JSON
record Message(String kind, String sentence, String body, String slack) {

    private static final int MOST_FINDINGS = 10;

    /// @param link to the page where something can be done about it; null if Serin's address is not known
    static Optional<Message> of(Occasion occasion, Entry entry, @Nullable String link) {
        return kind(entry).map(kind -> of(kind, occasion, entry, link));
    }

    private static Optional<String> kind(Entry entry) {
        return Optional.ofNullable(
                switch (entry) {
                    case Entry.Started _ -> "rollout.started";
                    case Entry.GateOpened _ -> "rollout.gate_opened";
                    case Entry.Paused _ -> "rollout.paused";
                    case Entry.Completed _ -> "rollout.promoted";
                    case Entry.RolledBack back ->
                            switch (back.outcome().kind()) {
                                case REJECTED -> "rollout.rejected";
                                case PROMOTED, BREACHED, EXPOSURE, ROLLED_BACK_BY_HAND ->
                                        "rollout.rolled_back";
                            };
                    // Steps on the way ask nothing of anybody, and people know what they just did.
                    case Entry.StepEntered _, Entry.Approved _, Entry.Promoted _, Entry.Resumed _ ->
                            null;
                });
    }

    private static Message of(String kind, Occasion occasion, Entry entry, @Nullable String link) {
        var said = JournalWords.entry(occasion.plan(), 1, entry, entry.at());
        var findings = new JsonArray();
        said.evidence().stream()
                .limit(MOST_FINDINGS)
                .forEach(finding -> findings.add(line(finding)));
        var data =
                new JsonObject()
                        .put("rollout", occasion.rollout().toString())
                        .put("route", occasion.route())
                        .put("team", occasion.team())
                        .put("baseline", occasion.plan().baseline())
                        .put("candidate", occasion.plan().candidate())
                        .put("simulated", occasion.simulated())
                        .put("sentence", said.sentence())
                        .put("by", said.by())
                        .put("comment", said.comment())
                        .put("findings", findings)
                        .put("link", link);
        var body =
                new JsonObject()
                        .put("type", kind)
                        .put("timestamp", entry.at().toString())
                        .put("data", data);
        var slack = new JsonObject().put("text", slack(occasion, said, findings, link));
        return new Message(kind, said.sentence(), body.encode(), slack.encode());
    }

    private static String line(FindingView finding) {
        return "%s %s: %s".formatted(finding.name(), finding.state(), finding.numbers());
    }

    private static String slack(
            Occasion occasion, EntryView said, JsonArray findings, @Nullable String link) {
        var text = new StringBuilder();
        text.append('*').append(escaped(occasion.route())).append("*");
        if (occasion.simulated()) {
            text.append(" (simulated)");
        }
        text.append(": ").append(escaped(said.sentence()));
        var by = said.by();
        if (by != null) {
            text.append(" By ").append(escaped(by)).append('.');
        }
        var comment = said.comment();
        if (comment != null) {
            text.append("\n> ").append(escaped(comment.replace('\n', ' ')));
        }
        findings.forEach(finding -> text.append("\n• ").append(escaped((String) finding)));
        if (link != null) {
            text.append("\n<").append(link).append("|Open the rollout>");
        }
        return text.toString();
    }

    // What Slack asks for; without it a name could call a channel together.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
