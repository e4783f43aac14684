package dev.serin.server.gateway;

import dev.serin.engine.plan.Plan;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What keeps its arm.
///
/// @param text what the split is made by
/// @param lasts whether it is the same for the next call of the same caller; if not, each call is
///     split for itself and no key is counted
record StickyKey(String text, boolean lasts) {

    /// The request's header that names the key, whatever the plan's is.
    static final String HEADER = "Serin-Key";

    static StickyKey of(Plan.Key kind, @Nullable String header, Question asked) {
        var found =
                switch (kind) {
                    case REQUEST -> null;
                    case USER -> first(header, asked.user(), asked.conversation());
                    case TENANT -> first(header, asked.tenant(), null);
                    case CONVERSATION -> {
                        var named = first(header, asked.conversation(), null);
                        yield named == null ? beginning(asked) : named;
                    }
                };
        return found == null ? once() : new StickyKey(found, true);
    }

    private static @Nullable String first(
            @Nullable String header, @Nullable String second, @Nullable String third) {
        if (header != null && !header.isBlank()) {
            return header.strip();
        }
        return second == null ? third : second;
    }

    /// A conversation that nobody names is known by how it begins.
    private static @Nullable String beginning(Question asked) {
        var bytes = asked.beginningBytes();
        if (bytes == null) {
            return null;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static StickyKey once() {
        var random = ThreadLocalRandom.current();
        return new StickyKey(new UUID(random.nextLong(), random.nextLong()).toString(), false);
    }
}
