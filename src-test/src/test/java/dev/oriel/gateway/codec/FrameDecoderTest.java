package dev.oriel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.oriel.testing.client.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames of clients, in chunks of any size.
class FrameDecoderTest {
    private static final int MEBIBYTE = 1024 * 1024;

    private final ReceiveBudget budget = new ReceiveBudget(8L * MEBIBYTE);
    private final SocketLimits limits =
            new SocketLimits(
                    16 * 1024,
                    MEBIBYTE,
                    4 * MEBIBYTE,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30));

    private FrameDecoder decoder() {
        return new FrameDecoder(limits, budget);
    }

    private static byte[] text(String text) {
        return RawWebSocket.frame(
                RawWebSocket.TEXT, true, true, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<DecodedFrame> readAll(FrameDecoder decoder, byte[] wire, int piece)
            throws ProtocolViolationException {
        List<DecodedFrame> all = new ArrayList<>();
        for (int at = 0; at < wire.length; at += piece) {
            ByteBuffer in = ByteBuffer.wrap(wire, at, Math.min(piece, wire.length - at));
            DecodedFrame next;
            while ((next = decoder.decode(in, true)) != null) {
                all.add(next);
            }
            assertThat(in.hasRemaining()).isFalse();
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 1_000_000})
    void messagesAreDecodedFromChunksOfAnySize(int piece) throws ProtocolViolationException {
        var wire = new ByteArrayOutputStream();
        List<String> texts =
                List.of("", "a", "é👋\uFFFD", "x".repeat(125), "y".repeat(126), "z".repeat(70_000));
        texts.forEach(t -> wire.writeBytes(text(t)));
        assertThat(readAll(decoder(), wire.toByteArray(), piece))
                .extracting(i -> ((DecodedFrame.Text) i).text())
                .containsExactlyElementsOf(texts);
    }

    @Test
    void memoryIsAllocatedForReceivedBytesNotForAnnouncedOnes() throws ProtocolViolationException {
        FrameDecoder decoder = decoder();
        byte[] header = RawWebSocket.frame(0x81, true, 4L * MEBIBYTE, new byte[0]);
        long before = allocated();
        assertThat(decoder.decode(ByteBuffer.wrap(header), true)).isNull();
        assertThat(decoder.decode(ByteBuffer.wrap(new byte[1_000]), true)).isNull();
        assertThat(allocated() - before).isLessThan(MEBIBYTE);
    }

    @Test
    void reservedMemoryIsReleased() throws ProtocolViolationException {
        FrameDecoder decoder = decoder();
        byte[] large = text("x".repeat(MEBIBYTE));
        assertThat(decoder.decode(ByteBuffer.wrap(large, 0, 600_000), true)).isNull();
        assertThat(budget.used()).isGreaterThan(500_000);
        decoder.release();
        assertThat(budget.used()).isZero();

        DecodedFrame whole = decoder().decode(ByteBuffer.wrap(large), true);
        assertThat(whole)
                .isInstanceOfSatisfying(
                        DecodedFrame.Text.class,
                        text -> assertThat(budget.used()).isEqualTo(text.charged()).isPositive());
    }

    @Test
    void aMessageBeyondTheSharedBudgetIsRefused() throws ProtocolViolationException {
        byte[] large = text("x".repeat(3 * MEBIBYTE));
        assertThat(decoder().decode(ByteBuffer.wrap(large, 0, large.length - 1), true)).isNull();
        assertThat(decoder().decode(ByteBuffer.wrap(large, 0, large.length - 1), true)).isNull();
        assertThatThrownBy(
                        () -> decoder().decode(ByteBuffer.wrap(large, 0, large.length - 1), true))
                .isInstanceOfSatisfying(
                        ProtocolViolationException.class,
                        f -> assertThat(f.code()).isEqualTo(1013));
    }

    @Test
    void beforeLoginAMessageIsShort() throws ProtocolViolationException {
        assertThat(decoder().decode(ByteBuffer.wrap(text("x".repeat(8_192))), false)).isNotNull();
        assertThatThrownBy(() -> decoder().decode(ByteBuffer.wrap(text("x".repeat(8_193))), false))
                .isInstanceOfSatisfying(
                        ProtocolViolationException.class,
                        f -> assertThat(f.code()).isEqualTo(1009));
    }

    /// FAULTS.md, number 33.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNumberOfFragmentsIsLimitedAlsoIfTheyAreEmpty(boolean admitted)
            throws ProtocolViolationException {
        FrameDecoder decoder = decoder();
        decoder.decode(
                ByteBuffer.wrap(RawWebSocket.frame(RawWebSocket.TEXT, false, true, new byte[0])),
                admitted);
        byte[] empty = RawWebSocket.frame(RawWebSocket.CONTINUATION, false, true, new byte[0]);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 100_000; i++) {
                                decoder.decode(ByteBuffer.wrap(empty), admitted);
                            }
                        })
                .isInstanceOfSatisfying(
                        ProtocolViolationException.class,
                        f -> assertThat(f.code()).isEqualTo(1008));
    }

    /// Any input becomes messages or a violation, and uses no more memory than was received.
    @Test
    void mutatedFramesAreDecodedOrRefused() {
        var random = new Random(30);
        long before = allocated();
        long volume = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] wire = mutated(random);
            volume += wire.length;
            read(wire, 1 + random.nextInt(200), random.nextBoolean());
        }
        // Each connection has a decoder, a text and an exception, but not the announced length.
        assertThat(allocated() - before).isLessThan(40 * volume + 30_000L * 4_000);
    }

    private void read(byte[] wire, int piece, boolean admitted) {
        FrameDecoder decoder = decoder();
        try {
            for (int at = 0; at < wire.length; at += piece) {
                ByteBuffer in = ByteBuffer.wrap(wire, at, Math.min(piece, wire.length - at));
                @Nullable DecodedFrame next;
                do {
                    next = decoder.decode(in, admitted);
                    if (next instanceof DecodedFrame.Text text) {
                        budget.release(text.charged());
                    }
                } while (next != null);
            }
        } catch (ProtocolViolationException e) {
            assertThat(e.code()).isIn(1002, 1007, 1008, 1009, 1013);
            assertThat(e.reason().length()).isLessThan(120);
        }
        decoder.release();
        assertThat(budget.used()).isZero();
    }

    private static byte[] mutated(Random random) {
        var wire = new ByteArrayOutputStream();
        int[] opcodes = {0, 1, 1, 1, 2, 8, 9, 10};
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] payload = new byte[random.nextInt(random.nextInt(4) == 0 ? 2_000 : 130)];
            random.nextBytes(payload);
            if (random.nextBoolean()) {
                Arrays.fill(payload, (byte) 'a');
            }
            wire.writeBytes(
                    RawWebSocket.frame(
                            opcodes[random.nextInt(opcodes.length)],
                            random.nextInt(4) > 0,
                            true,
                            payload));
        }
        byte[] bytes = wire.toByteArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().threadId());
    }
}
