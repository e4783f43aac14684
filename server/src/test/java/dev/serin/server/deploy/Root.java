package dev.serin.server.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Files of the repository, from its root.
public final class Root {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Root() {}

    public static Path of(String path) {
        return ROOT.resolve(path);
    }

    public static String text(String path) throws IOException {
        return Files.readString(of(path));
    }

    static Map<?, ?> yaml(String path) throws IOException {
        return (Map<?, ?>) load().loadFromString(text(path));
    }

    static List<Map<?, ?>> documents(String path) throws IOException {
        var documents = new java.util.ArrayList<Map<?, ?>>();
        load().loadAllFromString(text(path)).forEach(it -> documents.add((Map<?, ?>) it));
        return List.copyOf(documents);
    }

    private static Load load() {
        return new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
    }
}
