package dev.serin.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How PostgreSQL's programs are started so that they do not see themselves as root, which they
/// refuse to be.
///
/// @param prefix goes before each command; empty for an ordinary user
/// @param owner numeric id of whoever must own the data directory
record RunAs(List<String> prefix, int owner) {

    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;

    /// In a new user namespace the same user reads as nobody.
    private static final List<String> IN_A_NAMESPACE = List.of("unshare", "-U");

    /// Where a container forbids namespaces. The capability lets it through a closed `/root`; the
    /// secure bit has `access(2)` see that capability, too.
    private static final List<String> AS_NOBODY =
            List.of(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "--securebits=+no_setuid_fixup",
                    "--inh-caps=+dac_override",
                    "--ambient-caps=+dac_override",
                    "--");

    static RunAs here() throws IOException, PostgresFailed {
        if (!Files.exists(SELF)) {
            return new RunAs(List.of(), ROOT);
        }
        if (!(Files.getAttribute(SELF, "unix:uid") instanceof Integer user) || user != ROOT) {
            return new RunAs(List.of(), ROOT);
        }
        if (works(IN_A_NAMESPACE)) {
            return new RunAs(IN_A_NAMESPACE, ROOT);
        }
        if (works(AS_NOBODY)) {
            return new RunAs(AS_NOBODY, NOBODY);
        }
        throw new PostgresFailed(
                "Serin's own PostgreSQL cannot run as root on this machine (neither unshare nor setpriv works): run Serin as another user, or set QUARKUS_DATASOURCE_JDBC_URL");
    }

    /// Hands a file or directory, if there is one, over to whoever PostgreSQL will run as. Does
    /// nothing for an ordinary user.
    void own(Path tree) throws IOException {
        if (prefix.isEmpty() || !Files.exists(tree) || isOwner(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            // The directory itself comes last: if this is cut short, it is done again.
            for (var path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.setAttribute(path, "unix:uid", owner);
            }
        }
    }

    private boolean isOwner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid") instanceof Integer is && is == owner;
    }

    private static boolean works(List<String> prefix) {
        try {
            var trial =
                    new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of("true")).toList())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return trial.waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
