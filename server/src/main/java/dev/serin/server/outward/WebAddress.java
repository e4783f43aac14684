package dev.serin.server.outward;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// An address of the web that something can be posted to.
///
/// @param host as it stands in the address, an IPv6 one without its brackets
/// @param port 1 to 65535
/// @param path with its query; begins with a slash
public record WebAddress(String text, boolean secure, String host, int port, String path)
        implements Destination {

    private static final int LONGEST = 2_000;

    /// Reads an address as a person wrote it.
    ///
    /// @throws BadAddress if nothing can ever be sent there, with what to write instead
    public static WebAddress parse(String text) throws BadAddress {
        if (text.length() > LONGEST) {
            throw new BadAddress("an address has at most %d characters".formatted(LONGEST));
        }
        var uri = uri(text);
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new BadAddress("this is no address of the web; write https://…");
        }
        var host = uri.getHost();
        if (host == null) {
            throw new BadAddress("this address names no host; write https://…");
        }
        if (uri.getRawUserInfo() != null) {
            throw new BadAddress("an address holds no name or password; take out what is before @");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new BadAddress("a port is 1 to 65535, got " + uri.getPort());
        }
        boolean secure = scheme.equals("https");
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (literal(bare).map(Reach::of).orElse(Reach.PUBLIC) == Reach.NEVER) {
            throw new BadAddress(
                    bare
                            + " is link-local, multicast or reserved; no receiver has such an address");
        }
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new WebAddress(text, secure, bare, port, path + query);
    }

    /// Without its path, in which many services keep the key to it.
    @Override
    public String shown() {
        var authority =
                text.substring(0, text.indexOf("//") + 2) + URI.create(text).getRawAuthority();
        return path.equals("/") ? authority : authority + "/…";
    }

    private static URI uri(String text) throws BadAddress {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw new BadAddress("this is no address; write https://…");
        }
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
