package dev.oriel.dialect.enhanced;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.oriel.dialect.TokenCheck;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Accepts JSON Web Tokens that are signed with a shared secret: HS256 only, with a string as `sub`
/// and a future time as `exp` (wire.md 1.5). Any thread.
public final class JwtCheck implements TokenCheck {
    /// Shorter keys are not secure (RFC 7518, section 3.2).
    public static final int MIN_SECRET_BYTES = 32;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /// @param secret at least [#MIN_SECRET_BYTES] bytes
    public JwtCheck(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret is too short");
        }
        SecretKey key = new SecretKeySpec(secret, "HmacSHA256");
        // There is one secret, so that `kid` is ignored. The library's own selector would look for
        // a key with that name, and find none.
        processor.setJWSKeySelector((header, _) ->
                JWSAlgorithm.HS256.equals(header.getAlgorithm()) ? List.of(key) : List.of());
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(null, Set.of("sub", "exp"));
        claims.setMaxClockSkew(0);
        processor.setJWTClaimsSetVerifier(claims);
    }

    @Override
    public boolean accepts(String token) {
        return subject(token).isPresent();
    }

    /// The subject of a token.
    ///
    /// @return empty if it is not accepted
    Optional<String> subject(String token) {
        try {
            if (!(JWTParser.parse(token) instanceof SignedJWT jwt)) {
                return Optional.empty();
            }
            processor.process(jwt, null);
            return subject(jwt.getPayload().toJSONObject());
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    /// Checks the types of the claims: the library accepts a claim that is `null`, and converts a
    /// numeric subject to a string.
    private static Optional<String> subject(Map<String, Object> claims) {
        return claims.get("exp") instanceof Number
                        && claims.get("sub") instanceof String subject
                        && !subject.isBlank()
                ? Optional.of(subject)
                : Optional.empty();
    }
}
