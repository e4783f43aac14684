package dev.serin.simulator.provider;

import java.util.List;
import java.util.stream.Collectors;

/// The models that a stand-in answers for.
///
/// @param since when they are there, in seconds since 1970
public record ModelList(List<String> names, long since) {

    public ModelList {
        names = List.copyOf(names);
    }

    public String json() {
        return names.stream()
                .map(this::one)
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    /// One of them.
    public String one(String name) {
        return "{\"id\":%s,\"object\":\"model\",\"created\":%d,\"owned_by\":\"serin\"}"
                .formatted(Json.text(name), since);
    }
}
