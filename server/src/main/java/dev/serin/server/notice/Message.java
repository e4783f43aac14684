package dev.serin.server.notice;

import dev.serin.engine.rollout.Entry;
import dev.serin.server.words.JournalWords;
import dev.serin.web.rollout.EntryView;
import dev.serin.web.rollout.FindingView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is told of one entry of the journal.
///
/// @param kind such as `rollout.rolled_back`
/// @param sentence the journal's own, with its numbers
/// @param body for webhooks, JSON
/// @param slack for Slack, JSON
/// @param mail for mailboxes; its first line is the subject
record Message(String kind, String sentence, String body, String slack, String mail) {

    private static final int MOST_FINDINGS = 10;

    /// @param page of the rollout, where something can be done about it; null if Serin's address is not
    ///     known
    static Optional<Message> of(Occasion occasion, Entry entry, @Nullable String page) {
        // A gate is opened with its evidence; following the link only shows it.
        var link = page != null && entry instanceof Entry.GateOpened ? page + "#gate" : page;
        return Happening.of(entry).map(what -> of(what, occasion, entry, link));
    }

    private static Message of(
            Happening what, Occasion occasion, Entry entry, @Nullable String link) {
        var said = JournalWords.entry(occasion.plan(), 1, entry, Map.of(), entry.at());
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
                        .put("type", what.type())
                        .put("timestamp", entry.at().toString())
                        .put("data", data);
        var slack = new JsonObject().put("text", slack(occasion, said, findings, link));
        return new Message(
                what.type(),
                said.sentence(),
                body.encode(),
                slack.encode(),
                mail(occasion, said, what, findings, link));
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

    private static String mail(
            Occasion occasion,
            EntryView said,
            Happening what,
            JsonArray findings,
            @Nullable String link) {
        var text = new StringBuilder();
        text.append("[Serin] ").append(line(occasion.route())).append(": ").append(what.words());
        if (occasion.simulated()) {
            text.append(" (simulated)");
        }
        text.append("\n\n").append(said.sentence()).append('\n');
        var by = said.by();
        if (by != null) {
            text.append("\nBy ").append(by).append(".\n");
        }
        var comment = said.comment();
        if (comment != null) {
            text.append("\n> ").append(comment.replace("\n", "\n> ")).append('\n');
        }
        if (!findings.isEmpty()) {
            text.append('\n');
        }
        findings.forEach(finding -> text.append("- ").append(finding).append('\n'));
        if (link != null) {
            text.append("\nThe rollout: ").append(link).append('\n');
        }
        return text.toString();
    }

    // A subject is one line, or a name could write headers.
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    // What Slack asks for; without it a name could call a channel together.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
