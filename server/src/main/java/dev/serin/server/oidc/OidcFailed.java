package dev.serin.server.oidc;

/// The provider did not prove who somebody is. The message is for the log: it says why, and holds no
/// secret, code or token.
public final class OidcFailed extends Exception {

    private static final long serialVersionUID = 1;

    OidcFailed(String message) {
        super(message);
    }
}
