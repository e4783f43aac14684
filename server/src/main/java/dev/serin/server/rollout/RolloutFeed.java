package dev.serin.server.rollout;

import dev.serin.server.SerinConfig;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.UUID;

/// Tells open pages that something changed; never what. The page asks for its fragment itself.
///
/// It begins with one word, so that a page whose line was cut catches up when it is back, and never
/// says more than about two words a second.
@ApplicationScoped
public class RolloutFeed {

    static final String CHANGED = "changed";

    private final Changes changes;
    private final SerinConfig.Feed config;

    RolloutFeed(Changes changes, SerinConfig config) {
        this.changes = changes;
        this.config = config.feed();
    }

    /// Words about one rollout.
    Multi<OutboundSseEvent> of(UUID rollout, Sse sse) {
        return words(changes.of(rollout), sse);
    }

    /// Words about any rollout.
    Multi<OutboundSseEvent> ofAll(Sse sse) {
        return words(changes.all(), sse);
    }

    private Multi<OutboundSseEvent> words(Multi<UUID> changed, Sse sse) {
        var later =
                changed.onOverflow()
                        .dropPreviousItems()
                        .group()
                        .intoLists()
                        .every(config.pace())
                        .filter(some -> !some.isEmpty())
                        .map(_ -> word(sse));
        var first = Multi.createFrom().item(() -> word(sse));
        var beats =
                Multi.createFrom()
                        .ticks()
                        .startingAfter(Duration.ofSeconds(config.heartbeatSeconds()))
                        .every(Duration.ofSeconds(config.heartbeatSeconds()))
                        .onOverflow()
                        .drop()
                        .map(_ -> sse.newEventBuilder().comment("still here").build());
        return Multi.createBy()
                .merging()
                .streams(Multi.createBy().concatenating().streams(first, later), beats);
    }

    private static OutboundSseEvent word(Sse sse) {
        return sse.newEventBuilder().name(CHANGED).data(CHANGED).build();
    }
}
