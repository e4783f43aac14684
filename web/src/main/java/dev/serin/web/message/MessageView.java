package dev.serin.web.message;

import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something went otherwise than hoped.
///
/// @param status the answer's status: 404
/// @param title `There is no such rollout`
/// @param sentence what it means, and what still works
/// @param todo what to do next, one each
/// @param reference what to look for in the server's log, or null
/// @param retrySeconds after how long the page tries again by itself, or 0 when it does not
public record MessageView(
        int status,
        Tone tone,
        String title,
        String sentence,
        List<String> todo,
        @Nullable String reference,
        int retrySeconds) {

    public MessageView {
        todo = List.copyOf(todo);
    }

    /// Nothing stands at this address.
    public static MessageView notFound(String what) {
        return new MessageView(
                404,
                Tone.QUIET,
                "There is no such " + what,
                "Nothing stands at this address. It may be mistyped, or it belongs to another server.",
                List.of("Look for it in the list of rollouts."),
                null,
                0);
    }

    /// What a button named is not there any more.
    public static MessageView gone(String what) {
        return new MessageView(
                404,
                Tone.QUIET,
                "There is no such %s any more".formatted(what),
                "It may have been removed on another page or by somebody else. Nothing was changed.",
                List.of("Look again at the page Notices."),
                null,
                0);
    }

    /// The reader may not do that.
    public static MessageView notAllowed(String who) {
        return new MessageView(
                403,
                Tone.QUIET,
                "You may not do that",
                "You are signed in as "
                        + who
                        + ", who may look but not decide. Nothing was changed.",
                List.of("Ask an admin for the right, or send them the link of the page."),
                null,
                0);
    }

    /// The database does not answer.
    public static MessageView databaseAway() {
        return new MessageView(
                503,
                Tone.UNSURE,
                "The database does not answer",
                "Serin cannot show or change anything until it is back. Routes with an active rollout"
                        + " serve their baseline, all others keep their model.",
                List.of("Wait: this page tries again by itself.", "Look at the database's log."),
                null,
                5);
    }

    /// An error of Serin's own.
    ///
    /// @param reference what to look for in the server's log
    public static MessageView failed(String reference) {
        return new MessageView(
                500,
                Tone.BREACHED,
                "That was Serin's fault",
                "This page could not be made. No rollout was moved by it.",
                List.of("Try again.", "If it stays so, look into the server's log."),
                reference,
                0);
    }
}
