package dev.serin.server.outward;

import java.util.regex.Pattern;

/// One mailbox.
///
/// @param mailbox such as `ops@example.com`; nothing that could end a line or name a second one
public record MailAddress(String mailbox) implements Destination {

    private static final String SCHEME = "mailto:";

    private static final int LONGEST = 254;

    private static final Pattern MAILBOX =
            Pattern.compile(
                    "[A-Za-z0-9!#$&'*+/=^_`{|}~-]+(\\.[A-Za-z0-9!#$&'*+/=^_`{|}~-]+)*"
                            + "@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
                            + "(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    static boolean isOne(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /// Reads `mailto:ops@example.com`.
    ///
    /// @throws BadAddress if it is anything more, or less
    public static MailAddress parse(String text) throws BadAddress {
        var mailbox = isOne(text) ? text.substring(SCHEME.length()) : text;
        if (mailbox.length() > LONGEST || !MAILBOX.matcher(mailbox).matches()) {
            throw new BadAddress("this is no mailbox; write mailto:name@example.com, one only");
        }
        return new MailAddress(mailbox);
    }

    @Override
    public String text() {
        return SCHEME + mailbox;
    }

    @Override
    public String shown() {
        return mailbox;
    }
}
