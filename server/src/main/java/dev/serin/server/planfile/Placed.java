package dev.serin.server.planfile;

/// Something that was read, with the place and the path at which it stands.
record Placed<T>(T it, Place place, String path) {

    static <T> Placed<T> at(Value value, String path, T it) {
        return new Placed<>(it, value.place(), path);
    }
}
