package dev.serin.server.tracing;

import io.opentelemetry.api.common.AttributeKey;

/// Attributes of spans.
///
/// @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">Semantic conventions
///     for generative AI</a>
final class Names {

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> ASKED_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<String> RESPONSE_ID = AttributeKey.stringKey("gen_ai.response.id");
    static final AttributeKey<Long> TOKENS_IN = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> TOKENS_OUT = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> ROUTE = AttributeKey.stringKey("serin.route");
    static final AttributeKey<String> ROLLOUT = AttributeKey.stringKey("serin.rollout");
    static final AttributeKey<Long> STEP = AttributeKey.longKey("serin.step");
    static final AttributeKey<String> ARM = AttributeKey.stringKey("serin.arm");

    private Names() {}
}
