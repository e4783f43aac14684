package dev.serin.web.settings;

import dev.serin.web.words.When;

/// Where somebody chooses their password; shown once.
///
/// @param address in full
public record Link(String name, String address, When until) {}
