package dev.serin.server.provider;

/// Whose API a provider speaks, and a client.
public enum Kind {
    /// Chat completions and what lies beside them, as OpenAI has them and many servers do.
    OPENAI,
    /// Messages, as Anthropic has them.
    ANTHROPIC;

    /// The header that names the version of Anthropic's API which a client speaks.
    public static final String ANTHROPIC_VERSION = "anthropic-version";

    /// The version that is asked for where the client names none.
    public static final String VERSION = "2023-06-01";
}
