package dev.oriel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.dialect.HttpReply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The heads of replies.
class HttpReplyEncoderTest {
    private static String head(HttpReply reply) {
        return new String(HttpReplyEncoder.encodeHead(reply), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aHeadHasStatusLengthTypeAndAnEmptyLine() {
        assertThat(head(HttpReply.text(200, "text/plain", "abc")))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: 3\r\n", "Content-Type: text/plain\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void everyReplyClosesTheConnectionAndIsNotCached() {
        assertThat(head(HttpReply.error(404, "not_found", "There is nothing here.")))
                .contains(
                        "Connection: close\r\n",
                        "Cache-Control: no-store\r\n",
                        "X-Content-Type-Options: nosniff\r\n");
    }

    @Test
    void aReplyWithoutABodyHasNoType() {
        assertThat(head(HttpReply.empty(204)))
                .doesNotContain("\nContent-Type:", "\nContent-Length:");
        assertThat(head(HttpReply.empty(200))).contains("Content-Length: 0\r\n");
    }

    @Test
    void aReplyWhoseBodyGoesOnHasNoLength() {
        assertThat(head(HttpReply.stream("text/event-stream", _ -> () -> {})))
                .contains("Content-Type: text/event-stream\r\n")
                .doesNotContain("Content-Length");
    }

    @Test
    void aHeaderOfTheReplyReplacesTheDefault() {
        assertThat(head(HttpReply.empty(200).withHeader("Cache-Control", "max-age=60")))
                .contains("Cache-Control: max-age=60\r\n")
                .doesNotContain("no-store");
    }
}
