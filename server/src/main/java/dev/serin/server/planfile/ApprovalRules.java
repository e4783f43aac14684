package dev.serin.server.planfile;

import dev.serin.engine.plan.Plan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a plan file says under `approvals`.
///
/// @param within how long a gate waits that names no time of its own; null for ever
record ApprovalRules(Plan.Approvals approvals, @Nullable Duration within) {}
