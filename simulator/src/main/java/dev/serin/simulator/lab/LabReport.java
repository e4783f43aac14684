package dev.serin.simulator.lab;

import java.util.List;

/// What came of an order.
///
/// @param results one of each candidate, in the order's order
/// @param curves how the rate of rollbacks follows the truth, by condition; empty where the plan
///     has no condition whose truth the lab can set
/// @param advice what to change in the plan, in sentences; empty where there is nothing to say
/// @param whole whether every run was played; if not, each result and point says how many were
public record LabReport(
        LabOrder order,
        List<LabResult> results,
        List<Curve> curves,
        List<String> advice,
        boolean whole) {

    public LabReport {
        results = List.copyOf(results);
        curves = List.copyOf(curves);
        advice = List.copyOf(advice);
    }
}
