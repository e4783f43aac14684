package dev.serin.engine.judge;

import java.util.List;

final class Standard {

    static final List<Metric> ALL =
            List.of(
                    Metric.ERROR_RATE,
                    Metric.HALLUCINATION_RATE,
                    new Metric.Percentile("p50_latency_ms", Quantity.LATENCY_MS, 0.50),
                    new Metric.Percentile("p90_latency_ms", Quantity.LATENCY_MS, 0.90),
                    Metric.P95_LATENCY_MS,
                    new Metric.Percentile("p99_latency_ms", Quantity.LATENCY_MS, 0.99),
                    new Metric.Percentile("p95_ttft_ms", Quantity.TTFT_MS, 0.95),
                    new Metric.Percentile("p95_ms_per_token", Quantity.MS_PER_TOKEN, 0.95),
                    Metric.AVG_COST_USD,
                    new Metric.CostPerSuccess("avg_cost_usd_per_success"),
                    new Metric.Mean("avg_tokens_out", Quantity.TOKENS_OUT));

    private Standard() {}
}
