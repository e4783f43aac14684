package dev.serin.server.gateway;

import dev.serin.server.judging.Wire;
import dev.serin.server.provider.Kind;
import org.jspecify.annotations.Nullable;

/// What may be asked of a model.
enum Endpoint {
    CHAT("/chat/completions", Kind.OPENAI, "chat", Wire.CHAT),
    EMBEDDINGS("/embeddings", Kind.OPENAI, "embeddings", null),
    RESPONSES("/responses", Kind.OPENAI, "chat", Wire.RESPONSES),
    MESSAGES("/messages", Kind.ANTHROPIC, "chat", Wire.MESSAGES),
    COUNT("/messages/count_tokens", Kind.ANTHROPIC, "count_tokens", null);

    private final String path;
    private final Kind kind;
    private final String operation;
    private final @Nullable Wire wire;

    Endpoint(String path, Kind kind, String operation, @Nullable Wire wire) {
        this.path = path;
        this.kind = kind;
        this.operation = operation;
        this.wire = wire;
    }

    /// Whether what becomes of a question says something of the model that a plan compares. How long
    /// somebody takes to count tokens does not.
    boolean isEvidence() {
        return this != COUNT;
    }

    /// What it is called in traces.
    String operation() {
        return operation;
    }

    /// Whose API it is of, in which its clients read errors too.
    Kind kind() {
        return kind;
    }

    /// How a judge reads its answers; null if they are no text.
    @Nullable Wire wire() {
        return wire;
    }

    /// Where it lies under `/v1` here, and under a provider's address.
    String path() {
        return path;
    }
}
