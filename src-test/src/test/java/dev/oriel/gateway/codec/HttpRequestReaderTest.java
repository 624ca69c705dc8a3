package dev.oriel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A request in chunks of any size.
class HttpRequestReaderTest {
    private static final int MAX_HEAD = 1_000;

    private final HttpRequestReader reader = new HttpRequestReader(MAX_HEAD);

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private HttpRequestHead posted(Object length) throws Exception {
        return Objects.requireNonNull(
                reader.readHead(
                        bytes("POST / HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n")));
    }

    /// FAULTS.md, number 41.
    @Test
    void aBodyThatArrivesByteByByteIsNotCopiedAtEachByte() throws Exception {
        int length = 200_000;
        HttpRequestHead head = posted(length);
        assertThat(reader.expectBody(head, length)).isTrue();
        ByteBuffer one = ByteBuffer.allocate(1);
        long before = allocated();
        byte[] body = null;
        for (int i = 0; i < length; i++) {
            body = reader.readBody(one.clear());
        }
        assertThat(body).hasSize(length);
        assertThat(allocated() - before).isLessThan(20L * length);
    }

    @Test
    void memoryForABodyIsAllocatedAsItArrives() throws Exception {
        HttpRequestHead head =
                Objects.requireNonNull(
                        reader.readHead(
                                bytes("POST / HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n")));
        long before = allocated();
        reader.expectBody(head, Integer.MAX_VALUE);
        assertThat(reader.readBody(bytes("abc"))).isNull();
        assertThat(allocated() - before).isLessThan(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1_000})
    void theHeadEndsAtItsEmptyLineInChunksOfAnySize(int piece) throws Exception {
        String request = "GET /a?b=c HTTP/1.1\r\nHost: x\r\nA: \r b\r\n\r\nrest";
        HttpRequestHead head = null;
        int at = 0;
        while (head == null) {
            ByteBuffer in = bytes(request.substring(at, Math.min(at + piece, request.length())));
            head = reader.readHead(in);
            at = Math.min(at + piece, request.length()) - in.remaining();
        }
        assertThat(request.substring(at)).isEqualTo("rest");
        assertThat(head.path()).isEqualTo("/a");
        assertThat(head.query()).containsEntry("b", "c");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 5_000})
    void aHeadThatIsTooLongIsRefusedAndNotKept(int piece) {
        String endless = "GET / HTTP/1.1\r\nX: " + "x".repeat(2 * MAX_HEAD);
        assertThatThrownBy(
                        () -> {
                            for (int at = 0; at < endless.length(); at += piece) {
                                reader.readHead(
                                        bytes(
                                                endless.substring(
                                                        at,
                                                        Math.min(at + piece, endless.length()))));
                            }
                        })
                .isInstanceOfSatisfying(
                        HttpRequestReader.RefusedRequestException.class,
                        r -> assertThat(r.reply().status()).isEqualTo(431));
    }

    /// With two of them, a proxy in front of the server could use the other one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost",
                "Origin: http://localhost",
                "Authorization: Bearer x",
                "Content-Length: 0",
                "Sec-Fetch-Site: same-origin",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            })
    void aHeaderThatDecisionsDependOnMayOccurOnce(String header) throws Exception {
        assertThat(reader.readHead(bytes("GET / HTTP/1.1\r\n" + header + "\r\n\r\n"))).isNotNull();
        String twice = header + "\r\n" + header.toLowerCase(Locale.ROOT);
        assertThatThrownBy(() ->
                        new HttpRequestReader(MAX_HEAD)
                                .readHead(bytes("GET / HTTP/1.1\r\n" + twice + "\r\n\r\n")))
                .isInstanceOfSatisfying(
                        HttpRequestReader.RefusedRequestException.class,
                        r -> assertThat(r.reply().status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+2", "-0", "2, 2", "0x2", "", "2 2", "99999999999999999999"})
    void aContentLengthConsistsOfDigits(String length) throws Exception {
        HttpRequestHead head = posted(length);
        assertThatThrownBy(() -> reader.expectBody(head, Integer.MAX_VALUE))
                .isInstanceOfSatisfying(
                        HttpRequestReader.RefusedRequestException.class,
                        r -> assertThat(r.reply().status()).isEqualTo(400));
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().threadId());
    }
}
