package dev.serin.web.notice;

import org.jspecify.annotations.Nullable;

/// A receiver that was just added.
///
/// @param place what is shown of its address
/// @param secret signs what it is sent; null for a receiver whose messages are not signed
public record NewReceiverView(String place, @Nullable String secret) {}
