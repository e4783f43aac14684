package dev.serin.server.rollout;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.hibernate.Session;

/// How many active rollouts stand in which phase, for the metrics.
@ApplicationScoped
class PhaseCounts {

    private final Session database;
    private final MultiGauge gauge;

    PhaseCounts(Session database, MeterRegistry meters) {
        this.database = database;
        this.gauge = MultiGauge.builder("serin.rollouts.active").register(meters);
    }

    @Transactional
    void count() {
        var counts =
                database.createNativeQuery(
                                """
                                select phase ->> 'is', count(*) from rollout
                                where ended_at is null group by 1\
                                """,
                                Object[].class)
                        .getResultList();
        gauge.register(
                counts.stream()
                        .map(row -> Row.of(Tags.of("phase", (String) row[0]), (Number) row[1]))
                        .toList(),
                true);
    }
}
