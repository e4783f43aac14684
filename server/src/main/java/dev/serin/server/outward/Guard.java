package dev.serin.server.outward;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Decides to which machine a message to an address goes, if to any.
///
/// @param names resolves names
/// @param allowPrivate whether machines behind the firewall may be sent to
public record Guard(Names names, boolean allowPrivate) {

    /// Turns a name into addresses; a test's answer may change from one call to the next.
    @FunctionalInterface
    public interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /// The machine to connect to. Resolves once; the caller connects to this and to nothing else.
    ///
    /// @throws BadAddress if one of the name's addresses is out of bounds
    /// @throws UnknownHostException if the name has no address now
    public InetAddress check(WebAddress address) throws BadAddress, UnknownHostException {
        var found = names.of(address.host());
        var reach = Reach.worst(found);
        if (reach == Reach.NEVER) {
            throw new BadAddress(
                    address.host() + " leads to a link-local, multicast or reserved address");
        }
        if (reach == Reach.PRIVATE && !allowPrivate) {
            throw new BadAddress(
                    address.host()
                            + " leads to a private address; an admin allows that with"
                            + " serin.notices.allow-private=true");
        }
        return found[0];
    }
}
