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

/// Accepts JSON Web Tokens that somebody with the same secret has issued: HS256 and nothing else,
/// with a `sub` that is a text and an `exp` that is a number and not past (wire.md 1.5). Any
/// thread.
public final class JwtCheck implements TokenCheck {
    /// RFC 7518, section 3.2: a shorter key could be guessed.
    public static final int MIN_SECRET_BYTES = 32;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /// @param secret at least [#MIN_SECRET_BYTES] long
    public JwtCheck(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret is too short");
        }
        SecretKey key = new SecretKeySpec(secret, "HmacSHA256");
        // There is one secret, so a `kid` has nothing to choose from. The library's own selector
        // would look for a key of that name, and find none.
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

    /// Whom a token is for.
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

    /// The library takes a claim that is `null` for one that is there, and makes a text of a
    /// subject that is a number.
    private static Optional<String> subject(Map<String, Object> claims) {
        return claims.get("exp") instanceof Number
                        && claims.get("sub") instanceof String subject
                        && !subject.isBlank()
                ? Optional.of(subject)
                : Optional.empty();
    }
}
