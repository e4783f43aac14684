package dev.serin.server.outward;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// How far away an address of the internet protocol is.
///
/// @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's registry of special
///     IPv4 addresses, and the one for IPv6 beside it</a>
public enum Reach {
    /// Anybody's machine on the internet.
    PUBLIC,
    /// This machine, or a network behind a firewall: loopback, private, shared, unique-local.
    PRIVATE,
    /// Nobody a message could be for: link-local, the clouds' metadata, multicast, reserved.
    NEVER;

    /// Addresses that begin alike.
    private static final class Range {

        /// Bytes, as a native image may not hold an [InetAddress] that was made while it was built.
        private final byte[] start;

        private final int bits;
        private final Reach reach;

        private Range(byte[] start, int bits, Reach reach) {
            this.start = start;
            this.bits = bits;
            this.reach = reach;
        }

        static Range of(String range, Reach reach) {
            int slash = range.indexOf('/');
            return new Range(
                    InetAddress.ofLiteral(range.substring(0, slash)).getAddress(),
                    Integer.parseInt(range.substring(slash + 1)),
                    reach);
        }

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    // Alibaba's metadata lies among the shared addresses, Azure's platform among the public ones.
    private static final List<Range> V4 =
            List.of(
                    Range.of("100.100.100.200/32", NEVER),
                    Range.of("168.63.129.16/32", NEVER),
                    Range.of("0.0.0.0/8", NEVER),
                    Range.of("10.0.0.0/8", PRIVATE),
                    Range.of("100.64.0.0/10", PRIVATE),
                    Range.of("127.0.0.0/8", PRIVATE),
                    Range.of("169.254.0.0/16", NEVER),
                    Range.of("172.16.0.0/12", PRIVATE),
                    Range.of("192.0.0.0/24", NEVER),
                    Range.of("192.0.2.0/24", NEVER),
                    Range.of("192.88.99.0/24", NEVER),
                    Range.of("192.168.0.0/16", PRIVATE),
                    Range.of("198.18.0.0/15", PRIVATE),
                    Range.of("198.51.100.0/24", NEVER),
                    Range.of("203.0.113.0/24", NEVER),
                    Range.of("224.0.0.0/4", NEVER),
                    Range.of("240.0.0.0/4", NEVER));

    // The metadata service of a cloud has a unique-local address too.
    private static final List<Range> V6 =
            List.of(
                    Range.of("fd00:ec2::254/128", NEVER),
                    Range.of("::1/128", PRIVATE),
                    Range.of("fc00::/7", PRIVATE),
                    Range.of("2001::/23", NEVER),
                    Range.of("2001:db8::/32", NEVER),
                    Range.of("2002::/16", NEVER),
                    Range.of("3fff::/20", NEVER),
                    Range.of("2000::/3", PUBLIC));

    private static final Range TRANSLATED = Range.of("64:ff9b::/96", PUBLIC);

    /// Judges one address.
    public static Reach of(InetAddress address) {
        return switch (address) {
            case Inet4Address v4 -> in(V4, v4.getAddress(), PUBLIC);
            case Inet6Address v6 -> ofV6(v6.getAddress());
            default -> NEVER;
        };
    }

    private static Reach ofV6(byte[] address) {
        if (TRANSLATED.holds(address)) {
            return in(V4, Arrays.copyOfRange(address, 12, 16), PUBLIC);
        }
        return in(V6, address, NEVER);
    }

    private static Reach in(List<Range> ranges, byte[] address, Reach otherwise) {
        return ranges.stream()
                .filter(range -> range.holds(address))
                .findFirst()
                .map(range -> range.reach)
                .orElse(otherwise);
    }

    /// The farthest from public among all addresses of a name.
    ///
    /// @throws UnknownHostException if the name has none
    public static Reach worst(InetAddress[] addresses) throws UnknownHostException {
        return Arrays.stream(addresses)
                .map(Reach::of)
                .max(Reach::compareTo)
                .orElseThrow(() -> new UnknownHostException("no address"));
    }
}
