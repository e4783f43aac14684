package dev.serin.server.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/// Headers that keep browsers from doing with an answer what it is not for.
final class Protection {

    private static final CharSequence POLICY =
            HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence OF_PAGES =
            HttpHeaders.createOptimized(
                    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                            + " form-action 'self'; frame-ancestors 'none'");

    /// An answer of a model is nothing that a browser shows.
    private static final CharSequence OF_MODELS =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'; sandbox");

    private static final CharSequence TYPE_OPTIONS =
            HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence FRAME_OPTIONS =
            HttpHeaders.createOptimized("X-Frame-Options");
    private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
    private static final CharSequence TRANSPORT =
            HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");
    private static final CharSequence REFERRER_POLICY =
            HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence OPENER_POLICY =
            HttpHeaders.createOptimized("Cross-Origin-Opener-Policy");
    private static final CharSequence RESOURCE_POLICY =
            HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
    private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
    private static final CharSequence PRIVATE = HttpHeaders.createOptimized("private, no-cache");

    private Protection() {}

    /// Writes them, right before the head of an answer is sent.
    ///
    /// @param path under the root
    static void of(RoutingContext context, String path) {
        var headers = context.response().headers();
        headers.set(TYPE_OPTIONS, NO_SNIFF);
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, PRIVATE);
        }
        if (Addresses.isForModels(path)) {
            headers.set(POLICY, OF_MODELS);
            return;
        }
        // Only browsers keep it in mind, and the scheme that a proxy tells has to be read for it.
        if ("https".equals(context.request().scheme())) {
            headers.set(TRANSPORT, A_YEAR);
        }
        headers.set(POLICY, OF_PAGES);
        headers.set(FRAME_OPTIONS, DENY);
        headers.set(REFERRER_POLICY, SAME_ORIGIN);
        headers.set(OPENER_POLICY, SAME_ORIGIN);
        headers.set(RESOURCE_POLICY, SAME_ORIGIN);
    }
}
