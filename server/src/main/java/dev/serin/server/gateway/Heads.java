package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.provider.Kind;
import dev.serin.server.provider.Provider;
import dev.serin.server.route.RouteTable;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which headers go through.
final class Heads {

    static final CharSequence ROUTE = HttpHeaders.createOptimized("Serin-Route");
    static final CharSequence ARM = HttpHeaders.createOptimized("Serin-Arm");
    static final CharSequence MODEL = HttpHeaders.createOptimized("Serin-Model");
    static final CharSequence ROLLOUT = HttpHeaders.createOptimized("Serin-Rollout");
    static final CharSequence STEP = HttpHeaders.createOptimized("Serin-Step");

    /// Whether the plan forces the caller to the arm, whatever the split says.
    static final CharSequence FORCED = HttpHeaders.createOptimized("Serin-Forced");

    /// Why the candidate did not answer a call that was its own.
    static final CharSequence RETRIED = HttpHeaders.createOptimized("Serin-Retried");

    private static final CharSequence BASELINE = HttpHeaders.createOptimized("baseline");
    private static final CharSequence CANDIDATE = HttpHeaders.createOptimized("candidate");
    private static final CharSequence IDENTITY = HttpHeaders.createOptimized("identity");

    private static final String SERIN = "serin-";

    /// Headers of one connection, and those that Serin writes itself.
    private static final List<String> OF_A_CONNECTION =
            List.of(
                    "connection",
                    "proxy-connection",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length");

    /// What is between the client and Serin, or between its browser and it.
    private static final MultiMap OF_THE_CLIENT =
            names(
                    "host",
                    "authorization",
                    "proxy-authorization",
                    "x-api-key",
                    "api-key",
                    "cookie",
                    "origin",
                    "referer",
                    "expect",
                    "accept-encoding",
                    "openai-organization",
                    "openai-project");

    /// What is between Serin and the provider.
    private static final MultiMap OF_THE_PROVIDER =
            names(
                    "set-cookie",
                    "strict-transport-security",
                    "alt-svc",
                    "www-authenticate",
                    "proxy-authenticate");

    private static final Pattern FOREIGN = Pattern.compile("[^\\x21-\\x7e]");

    private Heads() {}

    /// What the provider is sent. It is asked not to pack its answer, which is read on its way; one
    /// that is packed all the same is unpacked first.
    static void ask(MultiMap from, MultiMap to, Provider provider) {
        copy(from, to, OF_THE_CLIENT, foreign(provider.kind()));
        to.set(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
        if (provider.kind() == Kind.ANTHROPIC && !to.contains(Kind.ANTHROPIC_VERSION)) {
            to.set(Kind.ANTHROPIC_VERSION, Kind.VERSION);
        }
        provider.tellsKey(to::set);
    }

    /// What the client is sent of the provider's headers.
    static void answer(MultiMap from, MultiMap to) {
        copy(from, to, OF_THE_PROVIDER, SERIN);
    }

    /// Names route, arm and rollout.
    ///
    /// @param arm that answers
    static void name(MultiMap to, RouteTable.Directions told, Arm arm, String model) {
        to.set(ROUTE, ascii(told.serving().route()));
        to.set(ARM, arm == Arm.CANDIDATE ? CANDIDATE : BASELINE);
        to.set(MODEL, ascii(model));
        var split = told.serving().split();
        if (split != null) {
            to.set(ROLLOUT, split.rollout().toString());
            to.set(STEP, Integer.toString(split.step()));
            if (told.isForced()) {
                to.set(FORCED, "true");
            }
        }
    }

    /// How headers begin that only the other API knows.
    private static String foreign(Kind kind) {
        return switch (kind) {
            case OPENAI -> "anthropic-";
            case ANTHROPIC -> "openai-";
        };
    }

    /// Names, and those of a connection's headers; in either case, as headers are looked up.
    private static MultiMap names(String... without) {
        var names = HttpHeaders.headers();
        Stream.concat(OF_A_CONNECTION.stream(), Stream.of(without))
                .forEach(name -> names.set(name, ""));
        return names;
    }

    /// As they were read, where they can be had so: each would be made a text otherwise.
    ///
    /// @param beginning of names that do not go through either
    private static void copy(MultiMap from, MultiMap to, MultiMap without, String beginning) {
        var connection = listed(from);
        Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> headers =
                from instanceof io.netty.handler.codec.http.HttpHeaders read
                        ? read.iteratorCharSequence()
                        : from.iterator();
        headers.forEachRemaining(header -> {
            if (goesOn(header.getKey(), without, beginning, connection)) {
                to.add(header.getKey(), header.getValue());
            }
        });
    }

    /// The list of a connection's own headers; null if it names none.
    private static @Nullable String listed(MultiMap from) {
        var list = from.get(HttpHeaders.CONNECTION);
        return list == null || list.equalsIgnoreCase("keep-alive") ? null : list;
    }

    private static boolean goesOn(
            CharSequence name, MultiMap without, String beginning, @Nullable String connection) {
        return !without.contains(name)
                && !begins(name, SERIN)
                && !begins(name, beginning)
                && !isNamed(connection, name);
    }

    private static boolean begins(CharSequence name, String beginning) {
        return AsciiString.regionMatches(name, true, 0, beginning, 0, beginning.length());
    }

    /// Whether the header that lists a connection's own headers has this one.
    private static boolean isNamed(@Nullable String connection, CharSequence name) {
        if (connection == null || connection.length() < name.length()) {
            return false;
        }
        for (var each : connection.split(",", -1)) {
            if (AsciiString.contentEqualsIgnoreCase(each.strip(), name)) {
                return true;
            }
        }
        return false;
    }

    private static String ascii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPrinted(name.charAt(i))) {
                return FOREIGN.matcher(name).replaceAll("?");
            }
        }
        return name;
    }

    private static boolean isPrinted(char letter) {
        return letter > ' ' && letter <= '~';
    }
}
