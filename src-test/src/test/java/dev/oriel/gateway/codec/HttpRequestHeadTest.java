package dev.oriel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.core5.http.HttpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Request lines and headers.
class HttpRequestHeadTest {
    private static final String UPGRADE =
            String.join(
                    "\r\n",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "");

    private static HttpRequestHead parse(String line, String headers) throws HttpException {
        return HttpRequestHead.parse(
                (line + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void thePathAndTheParametersAreDecoded() throws Exception {
        HttpRequestHead head =
                parse("GET /a%20b+c?x=1&y&&z=a+b%3D%C3%BC= HTTP/1.1", "Host: localhost\r\n");
        assertThat(head.method()).isEqualTo("GET");
        assertThat(head.path()).isEqualTo("/a b+c");
        assertThat(head.query())
                .containsOnly(Map.entry("x", "1"), Map.entry("y", ""), Map.entry("z", "a b=ü="));
        assertThat(head.header("host")).isEqualTo("localhost");
    }

    @Test
    void theHostOfATargetInAbsoluteFormReplacesTheHeader() throws Exception {
        HttpRequestHead head = parse("GET http://other:1/x HTTP/1.1", "Host: localhost\r\n");
        assertThat(head.header("host")).isEqualTo("other:1");
        assertThat(head.path()).isEqualTo("/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "GET /", "GET / HTTP/1.1 x", "GET http:///x HTTP/1.1", "\u0000"})
    void aMalformedRequestLineIsRefused(String line) {
        assertThatThrownBy(() -> parse(line, "Host: localhost\r\n"))
                .isInstanceOf(HttpException.class);
    }

    @Test
    void tooManyHeadersAreRefused() throws Exception {
        assertThat(parse("GET / HTTP/1.1", "X: 1\r\n".repeat(99)).header("x")).isEqualTo("1");
        assertThatThrownBy(() -> parse("GET / HTTP/1.1", "X: 1\r\n".repeat(101)))
                .isInstanceOf(HttpException.class);
    }

    @Test
    void anUpgradeNeedsMethodVersionKeyAndConnection() throws Exception {
        assertThat(parse("GET / HTTP/1.1", UPGRADE).isValidUpgrade()).isTrue();
        assertThat(parse("POST / HTTP/1.1", UPGRADE).isValidUpgrade()).isFalse();
        for (String part : UPGRADE.split("(?<=\n)")) {
            HttpRequestHead head = parse("GET / HTTP/1.1", UPGRADE.replace(part, ""));
            assertThat(head.isUpgrade() && head.isValidUpgrade()).as("without " + part).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1,true", "HTTP/1.0,false"})
    void onlyHttp11CanExpectContinue(String version, boolean expects) throws Exception {
        assertThat(parse("POST / " + version, "Expect: 100-continue\r\n").expectsContinue())
                .isEqualTo(expects);
    }

    @ParameterizedTest
    @CsvSource({"'a, b',a,false", "'\"x\", b',b,false", "'(x)',,true", "'',,true"})
    void theFirstValidSubprotocolIsSelected(String offers, String selected, boolean onlyInvalid)
            throws Exception {
        HttpRequestHead head =
                parse("GET / HTTP/1.1", "Sec-WebSocket-Protocol: " + offers + "\r\n");
        assertThat(head.subprotocol()).isEqualTo(selected);
        assertThat(head.hasOnlyInvalidSubprotocols()).isEqualTo(onlyInvalid);
    }
}
