package dev.serin.server.profile;

import dev.serin.server.planfile.Refusals;
import dev.serin.server.planfile.Scalars;
import dev.serin.server.planfile.Section;
import dev.serin.server.planfile.Value;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the readers of a profile's parts have in common. Each method answers null when it has refused
/// the value.
record Mending(Scalars scalars, Refusals refusals) {

    static final double MOST = 1e9;

    @Nullable Double number(Section section, String name, double least, double most) {
        var value = section.need(name, "write %s: NUMBER".formatted(name));
        return value == null ? null : number(value, section.path(name), least, most);
    }

    double number(Section section, String name, double least, double most, double usual) {
        var value = section.get(name);
        var number = value == null ? null : number(value, section.path(name), least, most);
        return number == null ? usual : number;
    }

    @Nullable Double number(Value value, String path, double least, double most) {
        return scalars.number(value, path, "this", least, most);
    }

    /// A part of something, 0 to 1.
    @Nullable Double part(Section section, String name) {
        var value = section.need(name, "write %s: 5%%".formatted(name));
        return value == null ? null : scalars.partOrAll(value, section.path(name), name);
    }

    double part(Section section, String name, double usual) {
        var value = section.get(name);
        var part = value == null ? null : scalars.partOrAll(value, section.path(name), name);
        return part == null ? usual : part;
    }

    /// What `make` makes, unless it objects.
    <T> @Nullable T made(Value value, String path, Supplier<T> make) {
        if (!refusals.isEmpty()) {
            return null; // its parts may be stand-ins for what was refused
        }
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            refusals.add(value.place(), path, "", String.valueOf(e.getMessage()));
            return null;
        }
    }
}
