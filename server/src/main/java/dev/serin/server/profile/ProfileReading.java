package dev.serin.server.profile;

import dev.serin.server.planfile.PlanError;
import java.util.List;

/// What came of reading a profile's file.
public sealed interface ProfileReading {

    /// It is a profile.
    record Read(ProfileFile file) implements ProfileReading {}

    /// It is none.
    ///
    /// @param errors at least one, by line
    record Refused(List<PlanError> errors) implements ProfileReading {

        public Refused {
            errors = List.copyOf(errors);
        }
    }
}
