package dev.serin.server.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Reads the address before all paths of a server that an admin has set.
public final class BaseAddress {

    private BaseAddress() {}

    /// The address that `text` says.
    ///
    /// @return without a slash at its end; empty if it is no http or https address, or has a name, a
    ///     password, a query or a fragment. Whoever refuses it must not repeat it: it may hold a password.
    public static Optional<URI> read(String text) {
        try {
            var base = new URI(text.replaceFirst("/+$", ""));
            boolean plain =
                    ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
                            && base.getHost() != null
                            && base.getRawUserInfo() == null
                            && base.getRawQuery() == null
                            && base.getRawFragment() == null;
            return plain ? Optional.of(base) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
