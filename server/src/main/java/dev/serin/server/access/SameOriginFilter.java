package dev.serin.server.access;

import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses writes that a page of another site has sent in the name of whoever looks at it.
///
/// Browsers name the sender in `Sec-Fetch-Site`, or else in `Origin`; programs send neither.
final class SameOriginFilter {

    private static final Set<HttpMethod> READS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SameOriginFilter() {}

    static boolean isForeignWrite(
            HttpMethod method,
            @Nullable String fetchSite,
            @Nullable String origin,
            @Nullable String host) {
        if (READS.contains(method)) {
            return false;
        }
        if (fetchSite != null) {
            return !fetchSite.equals("same-origin") && !fetchSite.equals("none");
        }
        return origin != null && !isOf(host, origin);
    }

    private static boolean isOf(@Nullable String host, String origin) {
        int scheme = origin.indexOf("://");
        return host != null
                && scheme > 0
                && origin.substring(scheme + 3)
                        .toLowerCase(Locale.ROOT)
                        .equals(host.toLowerCase(Locale.ROOT));
    }
}
