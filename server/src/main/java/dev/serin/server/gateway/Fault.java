package dev.serin.server.gateway;

/// Why a call got no good answer, and what its caller is told where there is no other arm to ask.
enum Fault {
    NO_PROVIDER(
            "no_provider",
            503,
            "provider_not_configured",
            "the model's provider is not configured: the first word of the model's name is the provider's, set SERIN_PROVIDERS_<NAME>_BASE_URL"),
    RESTING(
            "provider_resting",
            503,
            "provider_resting",
            "the model's provider failed too often and rests; try again later"),
    UNREACHABLE(
            "connection", 502, "provider_unreachable", "the model's provider cannot be reached"),
    TIMEOUT("timeout", 504, "provider_timeout", "the model's provider took too long to answer"),
    STALLED("stalled", 504, "provider_stalled", "the answer of the model's provider stood still"),
    TRUNCATED(
            "truncated", 502, "answer_truncated", "the answer of the model's provider ended early"),
    BROKEN(
            "broken_answer",
            502,
            "answer_broken",
            "the answer of the model's provider cannot be read"),
    UNEXPECTED(
            "unexpected_answer",
            502,
            "answer_unexpected",
            "the model's provider answered with something that is no answer of a model"),
    EMPTY("empty_answer", 502, "answer_empty", "the model's provider answered with nothing"),
    TOLD("error_in_answer", 502, "provider_error", "the model's provider answered with an error"),
    OVERLOADED("overloaded", 503, "provider_overloaded", "the model's provider is overloaded"),
    RATE_LIMITED("429", 429, "rate_limit_exceeded", "the model's provider limits the rate"),
    QUOTA(
            "insufficient_quota",
            429,
            "insufficient_quota",
            "the account at the model's provider is used up"),
    SERVER("5xx", 502, "provider_failed", "the model's provider failed"),
    KEY(
            "provider_key",
            502,
            "provider_refused_key",
            "the model's provider refused Serin's key for it; see SERIN_PROVIDERS_<NAME>_API_KEY"),
    NO_MODEL(
            "model_not_found",
            502,
            "provider_has_no_model",
            "the model's provider has no such model, or nothing at its address"),
    /// The caller's own, unless the other arm answers the same question.
    REFUSED("refused", 400, "invalid_request", "the model's provider refused the request"),
    FOREIGN(
            "untranslatable",
            400,
            "untranslatable",
            "the model's provider speaks another API, which has no words for the question"),
    CONTEXT(
            "context_length_exceeded",
            400,
            "context_length_exceeded",
            "the question is too long for the model");

    private final String errorClass;
    private final int status;
    private final String code;
    private final String sentence;

    Fault(String errorClass, int status, String code, String sentence) {
        this.errorClass = errorClass;
        this.status = status;
        this.code = code;
        this.sentence = sentence;
    }

    /// As observations and metrics call it.
    String errorClass() {
        return errorClass;
    }

    /// What the caller is told.
    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String sentence() {
        return sentence;
    }

    /// Whether it may be the caller's fault, which shows only when the other arm is asked.
    boolean isMaybeCallers() {
        return this == REFUSED || this == CONTEXT || this == FOREIGN;
    }

    /// Whether what the provider itself said of it may go to the caller.
    boolean isPassedOn() {
        return switch (this) {
            case OVERLOADED, RATE_LIMITED, QUOTA, SERVER, REFUSED, CONTEXT -> true;
            case NO_PROVIDER,
                    RESTING,
                    UNREACHABLE,
                    TIMEOUT,
                    STALLED,
                    TRUNCATED,
                    BROKEN,
                    UNEXPECTED,
                    EMPTY,
                    TOLD,
                    KEY,
                    NO_MODEL,
                    FOREIGN ->
                    false;
        };
    }

    /// Whether it tells of a provider that is ill, and not of one call, its key or its model.
    boolean isIllness() {
        return switch (this) {
            case UNREACHABLE,
                    TIMEOUT,
                    STALLED,
                    TRUNCATED,
                    BROKEN,
                    UNEXPECTED,
                    EMPTY,
                    TOLD,
                    OVERLOADED,
                    RATE_LIMITED,
                    QUOTA,
                    SERVER ->
                    true;
            case NO_PROVIDER, RESTING, KEY, NO_MODEL, REFUSED, CONTEXT, FOREIGN -> false;
        };
    }

    /// What an answer with such a status means.
    ///
    /// @param status anything but a success
    /// @param code what the provider called it; empty if nothing
    static Fault of(int status, String code) {
        return switch (status) {
            case 400, 413, 422 ->
                    code.contains("context_length")
                            ? CONTEXT
                            : code.contains("billing") ? QUOTA : REFUSED;
            case 401, 403 -> KEY;
            case 404 -> NO_MODEL;
            case 402 -> QUOTA;
            case 408 -> TIMEOUT;
            case 429 ->
                    code.contains("quota") || code.contains("balance") || code.contains("billing")
                            ? QUOTA
                            : RATE_LIMITED;
            case 529 -> OVERLOADED;
            default -> status >= 500 ? SERVER : UNEXPECTED;
        };
    }

    /// What an error in an answer means that came as a success.
    ///
    /// @param code what the provider called it; empty if nothing
    static Fault told(String code) {
        if (code.contains("quota")) {
            return QUOTA;
        }
        if (code.startsWith("overloaded")) {
            return OVERLOADED;
        }
        return code.contains("rate_limit") || code.equals("429") ? RATE_LIMITED : TOLD;
    }
}
