package dev.serin.server.oidc;

import java.util.Set;

/// Somebody whom the provider has proven.
///
/// @param subject names them for ever, together with the issuer
/// @param name what they are called now; empty if the provider does not say
/// @param groups those that it says they are in
public record Identity(String issuer, String subject, String name, Set<String> groups) {

    public Identity {
        groups = Set.copyOf(groups);
    }
}
