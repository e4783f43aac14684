package dev.serin.server.remote;

import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a rollout's id.
final class IdText implements ITypeConverter<UUID> {

    IdText() {}

    @Override
    public UUID convert(String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException _) {
            throw new TypeConversionException(
                    "'%s' is no rollout's id; serin status lists them".formatted(text));
        }
    }
}
