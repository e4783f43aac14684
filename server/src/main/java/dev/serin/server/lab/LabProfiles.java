package dev.serin.server.lab;

import dev.serin.server.problem.WrongUse;
import dev.serin.simulator.lab.LabCandidates;
import dev.serin.simulator.profile.ModelProfile;
import java.util.List;

/// The candidates that a command line names: built-in ones, and profiles in files.
record LabProfiles(List<String> named, List<ModelProfile> others) {

    static LabProfiles of(List<String> asked) {
        return new LabProfiles(asked, List.of());
    }

    static ModelProfile one(String option, String asked) {
        return LabCandidates.named(asked)
                .orElseThrow(() -> new WrongUse("%s: knows no %s".formatted(option, asked)));
    }
}
