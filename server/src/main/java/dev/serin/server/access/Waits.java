package dev.serin.server.access;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/// What is answered to whoever tries too often, and is to wait.
final class Waits {

    private static final int TOO_MANY_REQUESTS = 429;

    private Waits() {}

    /// What a page says after wrong passwords.
    static String words(Duration wait) {
        return "Too many wrong passwords. Try again in %s s.".formatted(seconds(wait));
    }

    /// The page as an answer that says when to try again.
    ///
    /// @param page of any status
    static Response answer(Response page, Duration wait) {
        return Response.fromResponse(page)
                .status(TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, seconds(wait))
                .build();
    }

    /// As `Retry-After` says it: never too short, so 1 or more.
    static String seconds(Duration wait) {
        return Long.toString(wait.toSeconds() + 1);
    }
}
