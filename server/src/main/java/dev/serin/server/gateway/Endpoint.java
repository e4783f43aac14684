package dev.serin.server.gateway;

import dev.serin.server.provider.Kind;

/// What may be asked of a model.
enum Endpoint {
    CHAT("/chat/completions", Kind.OPENAI),
    EMBEDDINGS("/embeddings", Kind.OPENAI),
    RESPONSES("/responses", Kind.OPENAI),
    MESSAGES("/messages", Kind.ANTHROPIC);

    private final String path;
    private final Kind kind;

    Endpoint(String path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    /// Whose API it is of, in which its clients read errors too.
    Kind kind() {
        return kind;
    }

    /// Where it lies under `/v1` here, and under a provider's address.
    String path() {
        return path;
    }
}
