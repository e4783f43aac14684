package dev.serin.server.gateway;

import dev.serin.server.provider.Kind;

/// What may be asked of a model.
enum Endpoint {
    CHAT("/chat/completions", Kind.OPENAI, "chat"),
    EMBEDDINGS("/embeddings", Kind.OPENAI, "embeddings"),
    RESPONSES("/responses", Kind.OPENAI, "chat"),
    MESSAGES("/messages", Kind.ANTHROPIC, "chat");

    private final String path;
    private final Kind kind;
    private final String operation;

    Endpoint(String path, Kind kind, String operation) {
        this.path = path;
        this.kind = kind;
        this.operation = operation;
    }

    /// What it is called in traces.
    String operation() {
        return operation;
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
