package dev.serin.server.gateway;

/// What may be asked of a model.
enum Endpoint {
    CHAT("/chat/completions"),
    EMBEDDINGS("/embeddings"),
    RESPONSES("/responses");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /// Where it lies under `/v1` here, and under a provider's address.
    String path() {
        return path;
    }
}
