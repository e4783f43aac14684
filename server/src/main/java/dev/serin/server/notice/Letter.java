package dev.serin.server.notice;

import java.util.List;
import java.util.UUID;

/// A message that a replica has claimed for one address.
///
/// @param tries counting the one that begins
/// @param body the same each time
/// @param secrets of the receivers at this address; none where only a plan names it
record Letter(
        UUID notice, String address, Kind kind, int tries, String body, List<String> secrets) {

    Letter {
        secrets = List.copyOf(secrets);
    }

    Place place() {
        return new Place(notice, address);
    }

    /// What identifies it among all.
    record Place(UUID notice, String address) {}
}
