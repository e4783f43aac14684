package dev.serin.simulator.provider;

/// What a reply needs to know of the question beside what becomes of it.
///
/// @param number of the call, counted by the stand-in; its ids follow from it
/// @param created when it was asked, in seconds since 1970
/// @param model that was asked
public record Ask(long number, long created, String model) {

    /// An id, always the same for the same call.
    ///
    /// @param prefix of the kind of thing that it names
    String id(String prefix) {
        long bits = number * 0x9E3779B97F4A7C15L;
        return "%s%016x%08x".formatted(prefix, bits, number & 0xFFFFFFFFL);
    }
}
