package dev.serin.engine.embed;

import dev.serin.engine.judge.Call;
import dev.serin.engine.slo.BudgetState;
import java.time.Instant;
import java.util.List;

/// An objective under its original name. For one thread.
public final class Slo {

    private final String name;
    private final List<Sli> indicators;
    private final ErrorBudget errorBudget;

    public Slo(String name, List<Sli> indicators, ErrorBudget errorBudget) {
        this.name = name;
        this.indicators = List.copyOf(indicators);
        this.errorBudget = errorBudget;
    }

    public String name() {
        return name;
    }

    public ErrorBudget errorBudget() {
        return errorBudget;
    }

    /// Counts one event.
    public void recordEvent(boolean good, Instant at) {
        errorBudget.record(at, good);
    }

    /// Counts a call: good if every indicator that it speaks of says so. One of which no indicator
    /// knows anything counts for nothing.
    public void recordEvent(Call call, Instant at) {
        var verdicts =
                indicators.stream().flatMap(indicator -> indicator.good(call).stream()).toList();
        if (!verdicts.isEmpty()) {
            recordEvent(!verdicts.contains(false), at);
        }
    }

    /// Healthy, warning, critical or exhausted; unknown while there are too few events to say.
    public BudgetState.Status evaluate(Instant now) {
        return errorBudget.state(now).status();
    }
}
