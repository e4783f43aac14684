package dev.serin.server.planfile;

import dev.serin.engine.plan.Plan;
import java.util.List;

/// What came of reading a document.
public sealed interface PlanReading {

    /// The document is a plan.
    ///
    /// @param source the document as it was read
    record Read(PlanFile file, List<Warning> warnings, String source) implements PlanReading {

        public Read {
            warnings = List.copyOf(warnings);
        }

        public Plan plan() {
            return file.plan();
        }
    }

    /// The document is no plan.
    ///
    /// @param errors at least one, by line
    record Refused(List<PlanError> errors) implements PlanReading {

        public Refused {
            errors = List.copyOf(errors);
        }
    }

    /// The document was not looked at.
    ///
    /// @param bytes its size, over [PlanReader#MOST_BYTES]
    record TooLarge(long bytes) implements PlanReading {

        public String message() {
            return "a plan has at most 1 MB, got %,d bytes".formatted(bytes);
        }
    }
}
