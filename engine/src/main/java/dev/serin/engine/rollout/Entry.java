package dev.serin.engine.rollout;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.plan.Share;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// One line of the journal: what happened, who did it, and every number that it rests on.
public sealed interface Entry {

    Instant at();

    /// Index of the step in force, from 0.
    int step();

    /// A person's name, or [Rollout#SERIN].
    String by();

    /// What was judged for it; empty where nothing was.
    List<Finding> findings();

    record Started(Instant at, String by) implements Entry {
        @Override
        public int step() {
            return 0;
        }

        @Override
        public List<Finding> findings() {
            return List.of();
        }
    }

    /// The candidate gets the share of another step.
    ///
    /// @param findings what let the rollout pass the step before
    record StepEntered(Instant at, int step, String by, Share share, List<Finding> findings)
            implements Entry {
        public StepEntered {
            findings = List.copyOf(findings);
        }
    }

    /// The step went well and a person is asked.
    ///
    /// @param waived conditions, by their text, that a person allowed to be unsure
    record GateOpened(Instant at, int step, String by, Set<String> waived, List<Finding> findings)
            implements Entry {
        public GateOpened {
            waived = Set.copyOf(waived);
            findings = List.copyOf(findings);
        }
    }

    /// A person said yes to the open gate.
    ///
    /// @param saw the evidence that the approver looked at, as the server named it
    /// @param missing how many more people have to approve
    record Approved(
            Instant at,
            int step,
            String by,
            String why,
            String saw,
            Set<String> waived,
            int missing,
            List<Finding> findings)
            implements Entry {
        public Approved {
            waived = Set.copyOf(waived);
            findings = List.copyOf(findings);
        }
    }

    /// A person finished the step early.
    record Promoted(
            Instant at, int step, String by, String why, Set<String> waived, List<Finding> findings)
            implements Entry {
        public Promoted {
            waived = Set.copyOf(waived);
            findings = List.copyOf(findings);
        }
    }

    record Paused(Instant at, int step, String by, String why, List<Finding> findings)
            implements Entry {
        public Paused {
            findings = List.copyOf(findings);
        }
    }

    record Resumed(Instant at, int step, String by, String why, List<Finding> findings)
            implements Entry {
        public Resumed {
            findings = List.copyOf(findings);
        }
    }

    record RolledBack(Instant at, int step, String by, Outcome outcome, List<Finding> findings)
            implements Entry {
        public RolledBack {
            findings = List.copyOf(findings);
        }
    }

    record Completed(Instant at, int step, String by, Outcome outcome, List<Finding> findings)
            implements Entry {
        public Completed {
            findings = List.copyOf(findings);
        }
    }
}
