package dev.serin.server.rollout;

import dev.serin.server.SerinConfig;
import dev.serin.server.access.Scope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Tells open pages that something changed; never what. The page asks for its fragment itself.
///
/// It begins with one word, so that a page whose line was cut catches up when it is back, and never
/// says more than about two words a second.
@ApplicationScoped
public class RolloutFeed {

    static final String CHANGED = "changed";

    private final Changes changes;

    /// Lists that wait for the database; a line that has more is cut, and its page comes again.
    private static final int MOST_WAITING = 100;

    private final SerinConfig.Feed config;
    private final RolloutReads reads;

    RolloutFeed(Changes changes, SerinConfig config, RolloutReads reads) {
        this.reads = reads;
        this.changes = changes;
        this.config = config.feed();
    }

    /// Words about one rollout.
    Multi<OutboundSseEvent> of(UUID rollout, Sse sse) {
        return words(changes.of(rollout), sse);
    }

    /// Words about any rollout that somebody may see.
    Multi<OutboundSseEvent> ofAll(Scope sight, Sse sse) {
        if (sight.everywhere()) {
            return words(changes.all(), sse);
        }
        var seen =
                paced(changes.all())
                        .onOverflow()
                        .buffer(MOST_WAITING)
                        .onItem()
                        .transformToUniAndConcatenate(some ->
                                Uni.createFrom()
                                        .item(() -> reads.isAnySeen(some, sight))
                                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                        .filter(any -> any);
        return told(seen, sse);
    }

    private Multi<OutboundSseEvent> words(Multi<UUID> changed, Sse sse) {
        return told(paced(changed), sse);
    }

    /// At most two lists a second.
    private Multi<List<UUID>> paced(Multi<UUID> changed) {
        return changed.onOverflow()
                .dropPreviousItems()
                .group()
                .intoLists()
                .every(config.pace())
                .filter(some -> !some.isEmpty());
    }

    private Multi<OutboundSseEvent> told(Multi<?> news, Sse sse) {
        var later = news.map(_ -> Word.CHANGED);
        var beat = Duration.ofSeconds(config.heartbeatSeconds());
        var beats =
                Multi.createFrom()
                        .ticks()
                        .startingAfter(beat)
                        .every(beat)
                        .onOverflow()
                        .drop()
                        .map(_ -> Word.STILL_HERE);
        var first = Multi.createFrom().item(Word.CHANGED);
        var last = Multi.createFrom().item(Word.LAST);
        return Multi.createBy()
                .merging()
                .streams(Multi.createBy().concatenating().streams(first, later, last), beats)
                .select()
                .first(word -> word != Word.LAST)
                .map(word -> event(word, sse));
    }

    private static OutboundSseEvent event(Word word, Sse sse) {
        return switch (word) {
            case CHANGED -> sse.newEventBuilder().name(CHANGED).data(CHANGED).build();
            case STILL_HERE, LAST -> sse.newEventBuilder().comment("still here").build();
        };
    }

    private enum Word {
        CHANGED,
        STILL_HERE,
        /// Nothing comes any more: the server stops, and its beats with it.
        LAST
    }
}
