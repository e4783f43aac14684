package dev.serin.server.lab;

import dev.serin.server.profile.ProfileFiles;
import dev.serin.simulator.lab.LabCandidates;
import dev.serin.simulator.profile.ModelProfile;
import java.util.ArrayList;
import java.util.List;

/// The candidates that a command line names: the lab's own, profiles that come along, and files.
///
/// @param named the lab's own
/// @param others all else
record LabProfiles(List<String> named, List<ModelProfile> others) {

    /// @throws dev.serin.server.problem.WrongUse if one of them is none of these
    static LabProfiles of(List<String> asked) {
        var named = new ArrayList<String>();
        var others = new ArrayList<ModelProfile>();
        for (var one : asked) {
            if (LabCandidates.named(one).isPresent()) {
                named.add(one);
            } else {
                others.add(ProfileFiles.named(one).profile());
            }
        }
        return new LabProfiles(List.copyOf(named), List.copyOf(others));
    }

    /// The lab's own candidate, a profile that comes along, or one in a file.
    ///
    /// @throws dev.serin.server.problem.WrongUse if it is none of these
    static ModelProfile one(String asked) {
        return LabCandidates.named(asked).orElseGet(() -> ProfileFiles.named(asked).profile());
    }
}
