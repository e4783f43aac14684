package dev.serin.server.outward;

/// Where something can be sent that a user named.
public sealed interface Destination permits WebAddress, MailAddress {

    /// Reads an address as a person wrote it.
    ///
    /// @throws BadAddress if nothing can ever be sent there, with what to write instead
    static Destination parse(String text) throws BadAddress {
        return MailAddress.isOne(text) ? MailAddress.parse(text) : WebAddress.parse(text);
    }

    /// The address, as it is kept.
    String text();

    /// What of it may be shown to whoever may look: not what could be a key to it.
    String shown();

    /// What of an address that is kept may be shown, whatever it is.
    static String shown(String text) {
        try {
            return parse(text).shown();
        } catch (BadAddress _) {
            return "an address that cannot be read";
        }
    }
}
