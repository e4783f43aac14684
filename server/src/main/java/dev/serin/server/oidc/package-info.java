/// Proves by an OpenID provider who somebody is: authorization code with PKCE, state and nonce.
///
/// **Decision: jose4j checks tokens**, its signature, algorithm, issuer, audience and times; nothing of
/// that is written here. It is the small library that MicroProfile JWT stands on, without reflection, so
/// that it goes into the native executable as it is.
///
/// **Decision: not Quarkus' OIDC extension.** It guards resources with a session of its own, beside the
/// one filter that knows every address here (see `access`), and weighs some megabytes in the executable.
///
/// **Decision: the server asks the issuer and nobody else.** What the provider's own description names
/// elsewhere is refused, unless an admin has named that host; redirects are not followed.
///
/// **Given up:** access tokens, refreshing and signing out at the provider. What is wanted of it is a
/// name and its groups, once; from then on a session of our own holds.
@NullMarked
package dev.serin.server.oidc;

import org.jspecify.annotations.NullMarked;
