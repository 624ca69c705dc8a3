package dev.oriel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Replies to upgrades.
class UpgradeReplyEncoderTest {
    private static String reply(String... headers) throws Exception {
        String request =
                "GET /v1/feed HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                        + List.of(headers).stream()
                                .map(h -> h + "\r\n")
                                .collect(Collectors.joining())
                        + "\r\n";
        var head = HttpRequestHead.parse(request.getBytes(StandardCharsets.US_ASCII));
        var text = new StringBuilder();
        for (ByteBuffer each : UpgradeReplyEncoder.encode(head)) {
            text.append(StandardCharsets.ISO_8859_1.decode(each));
        }
        return text.toString();
    }

    /// The key and its response are those of RFC 6455, section 1.3.
    @Test
    void theReplyProvesThatTheKeyWasRead() throws Exception {
        assertThat(
                        reply(
                                "Connection: keep-alive, Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                .startsWith("HTTP/1.1 101 ")
                .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                .contains("Connection: Upgrade\r\n")
                .doesNotContain("keep-alive", "Sec-WebSocket-Protocol")
                .endsWith("\r\n\r\n");
    }

    @Test
    void theFirstValidSubprotocolIsSelected() throws Exception {
        assertThat(
                        reply(
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                "Sec-WebSocket-Protocol: \"x\", oriel.v1, other"))
                .contains("Sec-WebSocket-Protocol: oriel.v1\r\n");
    }

    @Test
    void aRequestWithoutAKeyIsNoUpgrade() {
        assertThatThrownBy(() -> reply("Connection: Upgrade", "Sec-WebSocket-Version: 13"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
