package dev.serin.server.judging;

import dev.serin.server.provider.Kind;

/// The forms in which a question and its answer are written.
public enum Wire {
    /// OpenAI's chat completions.
    CHAT,
    /// OpenAI's responses. What came before `previous_response_id` is with the provider alone: the judge
    /// reads the last turn.
    RESPONSES,
    /// Anthropic's messages.
    MESSAGES;

    /// The one in which a provider of this kind chats.
    static Wire of(Kind kind) {
        return switch (kind) {
            case OPENAI -> CHAT;
            case ANTHROPIC -> MESSAGES;
        };
    }
}
