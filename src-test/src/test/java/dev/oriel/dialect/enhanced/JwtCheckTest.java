package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens of the right issuer are accepted or rejected by their claims.
class JwtCheckTest {
    private static final byte[] SECRET =
            "a secret of at least sixty-four bytes, so that every HMAC can use it as it is"
                    .getBytes(StandardCharsets.UTF_8);

    private final JwtCheck check = new JwtCheck(SECRET);

    private static String signed(JWSHeader header, String claims) throws JOSEException {
        var token = new JWSObject(header, new Payload(claims));
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }

    private static String signed(String claims) throws JOSEException {
        return signed(new JWSHeader(JWSAlgorithm.HS256), claims);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"ada\",\"exp\":4102444800}",
                "{\"sub\":\"ada\",\"exp\":4102444800.5}",
                "{\"sub\":\"17\",\"exp\":4102444800,\"iat\":null,\"role\":[\"x\"]}",
            })
    void aSubjectThatIsATextAndAnExpiryToComeLetIn(String claims) throws Exception {
        assertThat(check.accepts(signed(claims))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"ada\",\"exp\":null}",
                "{\"sub\":\"ada\",\"exp\":\"4102444800\"}",
                "{\"sub\":\"ada\",\"exp\":true}",
                "{\"sub\":\"ada\",\"exp\":[4102444800]}",
                "{\"sub\":\"ada\",\"exp\":{}}",
                "{\"sub\":\"ada\",\"exp\":1}",
                "{\"sub\":\"ada\"}",
                "{\"sub\":17,\"exp\":4102444800}",
                "{\"sub\":1.5,\"exp\":4102444800}",
                "{\"sub\":true,\"exp\":4102444800}",
                "{\"sub\":null,\"exp\":4102444800}",
                "{\"sub\":[\"ada\"],\"exp\":4102444800}",
                "{\"sub\":{\"name\":\"ada\"},\"exp\":4102444800}",
                "{\"sub\":\" \",\"exp\":4102444800}",
                "{\"exp\":4102444800}",
                "[]",
                "null",
                "no JSON",
            })
    void anyOtherSubjectOrExpiryDoesNot(String claims) throws Exception {
        assertThat(check.accepts(signed(claims))).isFalse();
    }

    @Test
    void aKeyIdChangesNothing() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-2026").build();
        assertThat(check.accepts(signed(header, "{\"sub\":\"ada\",\"exp\":4102444800}"))).isTrue();
        assertThat(check.accepts(signed(header, "{\"sub\":\"ada\",\"exp\":1}"))).isFalse();
    }

    @Test
    void anotherAlgorithmOfTheSameSecretIsRefused() throws Exception {
        var header = new JWSHeader(JWSAlgorithm.HS512);
        assertThat(check.accepts(signed(header, "{\"sub\":\"ada\",\"exp\":4102444800}"))).isFalse();
    }
}
