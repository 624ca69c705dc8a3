package dev.oriel.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.client.ServerKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Links are not trusted: a link that does not have exactly the documented form is rejected.
class ConnectLinkTest {

    @ParameterizedTest
    @EnumSource(ServerKind.class)
    void acceptsEveryKind(ServerKind kind) throws Exception {
        assertThat(ConnectLink.parse("oriel:connect?url=ws://host:8000/ws&kind=" + kind.id()))
                .isEqualTo(new ConnectLink("ws://host:8000/ws", kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://example.org/x/ws",
                "https://example.org",
                "http://127.0.0.1:6743",
                "ws://[::1]:8000/ws",
                "WSS://Example.org/ws"
            })
    void keepsTheAddressUnchanged(String url) throws Exception {
        assertThat(ConnectLink.parse("oriel:connect?url=" + url))
                .isEqualTo(new ConnectLink(url, null));
    }

    @Test
    void ignoresParameterOrderAndSchemeCaseAndDecodesOnce() throws Exception {
        assertThat(
                        ConnectLink.parse(
                                "ORIEL:connect?kind=%72elay&url=wss%3a%2F%2fhost%2Frelay%2Fws"))
                .isEqualTo(new ConnectLink("wss://host/relay/ws", ServerKind.RELAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oriel:",
                "oriel:connect",
                "oriel:connect?",
                "oriel:connect?url",
                "oriel:connect?url=",
                "oriel:connect?kind=relay",
                "oriel:connect/?url=ws://host",
                "oriel://connect?url=ws://host",
                "oriel:connecting?url=ws://host",
                "oriel:run?url=ws://host",
                "https://connect?url=ws://host",
                // Unknown kinds.
                "oriel:connect?url=ws://host&kind=",
                "oriel:connect?url=ws://host&kind=RELAY",
                "oriel:connect?url=ws://host&kind=shell",
                // Duplicate and unknown parameters.
                "oriel:connect?url=ws://host&url=ws://other",
                "oriel:connect?kind=relay&kind=relay&url=ws://host",
                "oriel:connect?url=ws://host&",
                "oriel:connect?url=ws://host&token=secret",
                "oriel:connect?url=ws://host&prompt=hello",
                "oriel:connect?url=ws://host&URL=ws://other",
                // Credentials.
                "oriel:connect?url=wss://me@host/ws",
                "oriel:connect?url=wss://me:secret@host/ws",
                "oriel:connect?url=wss://trusted.example%40host/ws",
                "oriel:connect?url=wss://host/ws%3Ftoken=secret",
                "oriel:connect?url=wss://host/ws?token=secret",
                "oriel:connect?url=wss://host/ws#token",
                // Other schemes and no scheme.
                "oriel:connect?url=file:///etc/passwd",
                "oriel:connect?url=javascript:alert(1)",
                "oriel:connect?url=data:text/html,x",
                "oriel:connect?url=ftp://host",
                "oriel:connect?url=wss:host",
                "oriel:connect?url=//host/ws",
                "oriel:connect?url=host:6743",
                "oriel:connect?url=oriel:connect?url=ws://host",
                // Invalid hosts and ports.
                "oriel:connect?url=ws://",
                "oriel:connect?url=ws:///ws",
                "oriel:connect?url=ws://:80/ws",
                "oriel:connect?url=ws://a_b!/ws",
                "oriel:connect?url=ws://host:0/ws",
                "oriel:connect?url=ws://host:65536/ws",
                "oriel:connect?url=ws://host:99999999999/ws",
                "oriel:connect?url=ws://host:-1/ws",
                // Broken and double encodings.
                "oriel:connect?url=ws://host/%",
                "oriel:connect?url=ws://host/%2",
                "oriel:connect?url=ws://host/%zz",
                "oriel:connect?url=ws://host/%252e",
                "oriel:connect?url=ws://host/%%32%35",
                // Hidden and bidirectional control characters, raw and encoded.
                "oriel:connect?url=ws://host/\u202e",
                "oriel:connect?url=ws://host/%E2%80%AE",
                "oriel:connect?url=ws://host/\u0000",
                "oriel:connect?url=ws://host/%00",
                "oriel:connect?url=ws://host/%0d%0aX:1",
                "oriel:connect?url=ws://host/\n",
                "oriel:connect?url=ws://host/ ",
                "oriel:connect?url=ws://host/%20x",
                "oriel:connect?url=ws://h\u043est/",
                "oriel:connect?url=ws://host/\u200b",
                "oriel:connect?url=ws://host\\@other/",
                "\u202eoriel:connect?url=ws://host",
                " oriel:connect?url=ws://host"
            })
    void rejectsOtherLinksWithASentenceThatContainsNoPartOfTheLink(String link) {
        assertThatThrownBy(() -> ConnectLink.parse(link))
                .isInstanceOf(InvalidLinkException.class)
                .message()
                .endsWith(".")
                .doesNotContain("secret", "%", "host/");
    }

    @Test
    void limitsTheLength() throws Exception {
        String start = "oriel:connect?url=ws://host/";
        String longest = start + "x".repeat(ConnectLink.MAX_LENGTH - start.length());
        assertThat(ConnectLink.parse(longest).url()).endsWith("xxx");
        assertThatThrownBy(() -> ConnectLink.parse(longest + "x"))
                .isInstanceOf(InvalidLinkException.class)
                .hasMessage("It is too long.");
    }

    @Test
    void parsesOrRejectsTenThousandDamagedLinks() {
        byte[] valid =
                "oriel:connect?url=wss://example.org:6743/relay/ws&kind=relay"
                        .getBytes(StandardCharsets.US_ASCII);
        var random = new Random(7);
        int parsed = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] damaged = valid.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            String link = new String(damaged, StandardCharsets.ISO_8859_1);
            try {
                ConnectLink result = ConnectLink.parse(link);
                parsed++;
                assertThat(result.url())
                        .as(link)
                        .matches("(?i)(ws|http)s?://[\\x21-\\x7E]+")
                        .doesNotContain("?", "#", "%");
                assertThat(URI.create(result.url())).as(link).hasNoUserInfo();
            } catch (InvalidLinkException e) {
                assertThat(e.getMessage()).as(link).isNotBlank();
            }
        }
        assertThat(parsed).isPositive();
    }
}
