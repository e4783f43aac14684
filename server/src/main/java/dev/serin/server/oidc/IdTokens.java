package dev.serin.server.oidc;

import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA512;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA512;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/// Says whether an ID token is the provider's word, for this client, now, and for this very sign-in.
final class IdTokens {

    /// A token is redeemed at once; one from long ago comes from elsewhere.
    private static final int OLDEST_SECONDS = 600;

    /// Signed by the provider's own key. What a client's secret or nobody signs is not among them.
    private static final AlgorithmConstraints SIGNED =
            new AlgorithmConstraints(
                    ConstraintType.PERMIT,
                    RSA_USING_SHA256,
                    RSA_USING_SHA384,
                    RSA_USING_SHA512,
                    RSA_PSS_USING_SHA256,
                    RSA_PSS_USING_SHA384,
                    RSA_PSS_USING_SHA512,
                    ECDSA_USING_P256_CURVE_AND_SHA256,
                    ECDSA_USING_P384_CURVE_AND_SHA384,
                    ECDSA_USING_P521_CURVE_AND_SHA512);

    private final Client client;

    IdTokens(Client client) {
        this.client = client;
    }

    /// No key of those that are known has signed it; the provider may have new ones.
    static final class OtherKey extends Exception {

        private static final long serialVersionUID = 1;
    }

    /// @param nonce that this sign-in was begun with
    /// @throws OtherKey if none of `keys` is named by it
    JwtClaims claims(String token, String nonce, List<JsonWebKey> keys, Instant now)
            throws OidcFailed, OtherKey {
        int skew = Math.toIntExact(client.skew().toSeconds());
        var consumer =
                new JwtConsumerBuilder()
                        .setJwsAlgorithmConstraints(SIGNED)
                        .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys))
                        .setExpectedIssuer(true, client.issuer())
                        .setExpectedAudience(true, client.id())
                        .setRequireSubject()
                        .setRequireExpirationTime()
                        .setRequireIssuedAt()
                        .setIssuedAtRestrictions(0, OLDEST_SECONDS)
                        .setAllowedClockSkewInSeconds(skew)
                        .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                        .build();
        try {
            var claims = consumer.processToClaims(token);
            if (!nonce.equals(claims.getClaimValue("nonce"))) {
                throw new OidcFailed(
                        "the ID token was made for another sign-in: its nonce differs");
            }
            requireParty(claims);
            return claims;
        } catch (InvalidJwtException e) {
            if (e.getCause() instanceof UnresolvableKeyException) {
                throw new OtherKey();
            }
            throw new OidcFailed("the ID token is not accepted: " + why(e));
        }
    }

    /// Where it is for several, it must have been given to this client.
    private void requireParty(JwtClaims claims) throws OidcFailed {
        var audience = claims.getClaimValue("aud");
        var party = claims.getClaimValue("azp");
        boolean several = audience instanceof List<?> list && list.size() > 1;
        if (party == null ? several : !client.id().equals(party)) {
            throw new OidcFailed("the ID token was given to another client: its azp differs");
        }
    }

    /// Without the token and what it says of anybody: the library's own words may hold both.
    private static String why(InvalidJwtException e) {
        var reasons =
                e.getErrorDetails().stream()
                        .map(error ->
                                switch (error.getErrorCode()) {
                                    case ErrorCodes.SIGNATURE_INVALID -> "its signature is wrong";
                                    case ErrorCodes.SIGNATURE_MISSING -> "it is not signed";
                                    case ErrorCodes.ISSUER_MISSING -> "it names no issuer (iss)";
                                    case ErrorCodes.ISSUER_INVALID ->
                                            "it comes from another issuer (iss)";
                                    case ErrorCodes.AUDIENCE_MISSING -> "it names no client (aud)";
                                    case ErrorCodes.AUDIENCE_INVALID ->
                                            "it is for another client (aud)";
                                    case ErrorCodes.SUBJECT_MISSING -> "it names nobody (sub)";
                                    case ErrorCodes.EXPIRATION_MISSING -> "it has no end (exp)";
                                    case ErrorCodes.EXPIRED -> "it has expired (exp)";
                                    case ErrorCodes.NOT_YET_VALID -> "it is not valid yet (nbf)";
                                    case ErrorCodes.ISSUED_AT_MISSING,
                                            ErrorCodes.ISSUED_AT_INVALID_FUTURE,
                                            ErrorCodes.ISSUED_AT_INVALID_PAST ->
                                            "it was not issued just now (iat)";
                                    default -> "it is no token of a kind that is taken";
                                })
                        .distinct()
                        .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "it is no token of a kind that is taken" : reasons;
    }
}
