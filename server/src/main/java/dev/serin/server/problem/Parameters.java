package dev.serin.server.problem;

import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/// Reads and writes the parameters of an address.
public final class Parameters {

    private Parameters() {}

    /// A whole number from 1 to `most`.
    ///
    /// @throws ProblemException if it is anything else
    public static int count(String field, String text, int most) {
        return (int) number(field, text, most);
    }

    /// A whole number from 1 to `most`; there is no bound if that is the greatest `long`.
    ///
    /// @throws ProblemException if it is anything else
    public static long number(String field, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below, like a number that is out of bounds
        }
        throw ProblemException.badField(
                field,
                most == Long.MAX_VALUE
                        ? "is a whole number of 1 or more"
                        : "is a whole number from 1 to %d".formatted(most));
    }

    /// A text that is looked for, without what no row can hold.
    public static @Nullable String text(@Nullable String text) {
        return text == null ? null : text.replace("\0", "");
    }

    /// The `Link` header that leads from a full page of a list to the next one.
    ///
    /// @param asked the address of this page
    /// @param last id of the last one on it
    public static String next(UriInfo asked, Object last) {
        var next =
                asked.getRequestUriBuilder()
                        .scheme(null)
                        .host(null)
                        .port(-1)
                        .replaceQueryParam("before", last)
                        .build();
        return "<%s>; rel=\"next\"".formatted(next);
    }
}
