package dev.oriel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.dialect.TextFrames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.framing.Framedata;
import org.java_websocket.protocols.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Our own frames, decoded by the library.
class FrameEncoderTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
    void aFrameOfEveryLengthIsReadBackUnchanged(int length) throws Exception {
        assertThat(readBack(List.of(text(length)))).containsExactly(text(length));
    }

    @ParameterizedTest
    @CsvSource({"0,2", "125,2", "126,4", "65535,4", "65536,10"})
    void theHeaderIsAsShortAsTheStandardAllows(int length, int header) {
        assertThat(wire(List.of(text(length)))).hasSize(length + header);
    }

    @Test
    void manyFramesOfManySizesKeepTheirOrder() throws Exception {
        Random random = new Random(7);
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            texts.add(text(random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(200)));
        }
        texts.add(500, text(300_000));
        assertThat(readBack(texts)).containsExactlyElementsOf(texts);
    }

    @Test
    void aBurstBecomesFewBuffersOfLimitedSize() {
        List<ByteBuffer> buffers =
                FrameEncoder.encode(new TextFrames(Collections.nCopies(10_000, text(100))));
        assertThat(buffers).hasSizeLessThan(30);
        assertThat(buffers).allMatch(b -> b.remaining() <= 66 * 1024);
    }

    @Test
    void noFramesBecomeNoBuffers() {
        assertThat(wire(List.of())).isEmpty();
    }

    private static byte[] wire(List<byte[]> texts) {
        var out = new ByteArrayOutputStream();
        for (ByteBuffer b : FrameEncoder.encode(new TextFrames(texts))) {
            byte[] bytes = new byte[b.remaining()];
            b.duplicate().get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static List<byte[]> readBack(List<byte[]> texts) throws Exception {
        var draft =
                new Draft_6455(
                        Collections.emptyList(), List.of(new Protocol("")), Integer.MAX_VALUE);
        List<byte[]> read = new ArrayList<>();
        for (Framedata frame : draft.translateFrame(ByteBuffer.wrap(wire(texts)))) {
            assertThat(frame.getOpcode()).isEqualTo(Opcode.TEXT);
            assertThat(frame.isFin()).isTrue();
            byte[] bytes = new byte[frame.getPayloadData().remaining()];
            frame.getPayloadData().get(bytes);
            read.add(bytes);
        }
        return read;
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + (i + length) % 26);
        }
        return text;
    }
}
