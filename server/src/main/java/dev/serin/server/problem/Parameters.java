package dev.serin.server.problem;

import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads and writes the parameters of an address.
public final class Parameters {

    private static final int MOST_SHOWN = 40;

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
                (most == Long.MAX_VALUE
                                ? "is a whole number of 1 or more"
                                : "is a whole number from 1 to %d".formatted(most))
                        + ", got \"%s\"".formatted(shown(text)));
    }

    /// Whether it is true, in whatever case; false where it is left out.
    ///
    /// @param text null where it is left out, or has no value: JAX-RS does not tell these apart
    /// @param asked the address, which does
    /// @throws ProblemException if it is neither true nor false
    public static boolean flag(String field, @Nullable String text, UriInfo asked) {
        if (text == null && !asked.getQueryParameters().containsKey(field)) {
            return false;
        }
        var said = text == null ? "" : text;
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw ProblemException.badField(
                            field,
                            "is true or false, got \"%s\"; write %s=true, or leave it out"
                                    .formatted(shown(said), field));
        };
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
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
