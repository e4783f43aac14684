package dev.serin.server.provider;

/// Whose API a provider speaks, and a client.
public enum Kind {
    /// Chat completions and what lies beside them, as OpenAI has them and many servers do.
    OPENAI,
    /// Messages, as Anthropic has them.
    ANTHROPIC
}
