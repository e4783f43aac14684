package dev.serin.web.settings;

import dev.serin.web.words.When;
import org.jspecify.annotations.Nullable;

/// A browser that is signed in.
///
/// @param where the address that signed in, `not known` if nobody wrote it down
/// @param browser such as `Firefox on Linux`
/// @param seen null if nobody wrote it down
/// @param here whether it is the one that asks
public record SessionLine(
        String id, String where, String browser, When begun, @Nullable When seen, boolean here) {}
