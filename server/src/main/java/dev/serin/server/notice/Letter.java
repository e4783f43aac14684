package dev.serin.server.notice;

import java.util.List;
import java.util.UUID;

/// A message that a replica has claimed for one address.
///
/// @param id its number in the log
/// @param notice what it tells, the same for all who are told it
/// @param tries counting the one that begins; no other claim has this number
/// @param failures tries in a row that failed before this one, since it was last sent anew
/// @param body the same each time
/// @param secrets of the receivers at this address; none where only a plan names it
record Letter(
        long id,
        UUID notice,
        String address,
        Kind kind,
        int tries,
        int failures,
        String body,
        List<String> secrets) {

    Letter {
        secrets = List.copyOf(secrets);
    }
}
