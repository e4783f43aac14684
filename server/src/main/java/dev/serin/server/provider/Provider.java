package dev.serin.server.provider;

import java.net.URI;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Someone who answers calls of models.
///
/// @param name the first word of its models' names, in small letters, with `_` for any other sign
/// @param kind whose API it speaks
/// @param base address under which `/chat/completions` or `/messages` lies, without a slash at its end
/// @param key null for a provider that asks for none
/// @param patience how long it is waited for
/// @param tellsUsage whether it understands `stream_options.include_usage`
public record Provider(
        String name,
        Kind kind,
        URI base,
        @Nullable Secret key,
        Patience patience,
        boolean tellsUsage) {

    /// How long a provider is waited for.
    ///
    /// @param connect until a connection stands
    /// @param firstByte from the call to the first byte of its answer
    /// @param stall between two pieces of an answer
    public record Patience(Duration connect, Duration firstByte, Duration stall) {}

    public boolean isEncrypted() {
        return "https".equals(base.getScheme());
    }

    public int port() {
        return base.getPort() > 0 ? base.getPort() : isEncrypted() ? 443 : 80;
    }

    /// Tells the headers by which it knows whose call it is; none where it asks for no key.
    ///
    /// @param header takes a name and a value
    public void tellsKey(BiConsumer<String, String> header) {
        if (key != null) {
            switch (kind) {
                case OPENAI -> header.accept("Authorization", "Bearer " + key.reveal());
                case ANTHROPIC -> header.accept("x-api-key", key.reveal());
            }
        }
    }

    /// A model of one provider.
    ///
    /// @param full as plans call it
    /// @param name as the provider calls it
    public record Model(Provider provider, String full, String name) {}
}
