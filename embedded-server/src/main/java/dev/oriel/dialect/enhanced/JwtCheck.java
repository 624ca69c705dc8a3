package dev.oriel.dialect.enhanced;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.oriel.dialect.TokenCheck;
import java.text.ParseException;
import java.util.Set;

/// Accepts JSON Web Tokens that somebody with the same secret has issued: HS256 and nothing else,
/// with a `sub` and an `exp` that is not past (protocols: section 1.5). Any thread.
public final class JwtCheck implements TokenCheck {
    /// RFC 7518, section 3.2: a shorter key could be guessed.
    public static final int LEAST_SECRET_BYTES = 32;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /// @param secret at least [#LEAST_SECRET_BYTES] long
    public JwtCheck(byte[] secret) {
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret is too short");
        }
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(
                        JWSAlgorithm.HS256, new ImmutableSecret<>(secret.clone())));
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(null, Set.of("sub", "exp"));
        claims.setMaxClockSkew(0);
        processor.setJWTClaimsSetVerifier(claims);
    }

    @Override
    public boolean accepts(String token) {
        try {
            String subject = processor.process(token, null).getSubject();
            return subject != null && !subject.isBlank();
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return false;
        }
    }
}
