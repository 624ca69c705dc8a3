package dev.oriel.gateway.codec;

import dev.oriel.dialect.TextFrames;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Encodes frames (RFC 6455, section 5.2): final and unmasked, as a server must send them. Several
/// text frames share a buffer, so that a burst is one write.
public final class FrameEncoder {
    /// Text frames are combined up to about this size.
    private static final int CHUNK = 64 * 1024;

    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final byte FINAL_CLOSE = (byte) 0x88;
    private static final byte FINAL_PONG = (byte) 0x8A;
    private static final int MAX_CONTROL = 125;
    private static final int MAX_HEADER = 10;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int MAX_SHORT = 0xFFFF;

    private FrameEncoder() {}

    public static List<ByteBuffer> encode(TextFrames frames) {
        List<ByteBuffer> buffers = new ArrayList<>();
        List<byte[]> texts = frames.texts();
        int lineBreak = frames.isLines() ? 1 : 0;
        int from = 0;
        while (from < texts.size()) {
            int to = from;
            int size = 0;
            while (to < texts.size() && (to == from || size + texts.get(to).length <= CHUNK)) {
                size += texts.get(to).length + lineBreak + MAX_HEADER;
                to++;
            }
            ByteBuffer buffer = ByteBuffer.allocate(size);
            for (byte[] text : texts.subList(from, to)) {
                header(buffer, text.length + lineBreak);
                buffer.put(text);
                if (frames.isLines()) {
                    buffer.put((byte) '\n');
                }
            }
            buffers.add(buffer.flip());
            from = to;
        }
        return buffers;
    }

    /// @param payload of the ping that the pong responds to
    public static ByteBuffer pong(ByteBuffer payload) {
        return control(FINAL_PONG, payload);
    }

    /// Encodes a close frame.
    ///
    /// @param code [DecodedFrame.Close#NO_CODE] for none
    /// @param reason truncated to what a control frame can contain
    public static ByteBuffer close(int code, String reason) {
        if (code == DecodedFrame.Close.NO_CODE) {
            return control(FINAL_CLOSE, ByteBuffer.allocate(0));
        }
        ByteBuffer payload = ByteBuffer.allocate(MAX_CONTROL).putShort((short) code);
        // The encoder writes complete characters only.
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(reason), payload, true);
        return control(FINAL_CLOSE, payload.flip());
    }

    private static ByteBuffer control(byte first, ByteBuffer payload) {
        return ByteBuffer.allocate(2 + payload.remaining())
                .put(first)
                .put((byte) payload.remaining())
                .put(payload.duplicate())
                .flip();
    }

    private static void header(ByteBuffer buffer, int length) {
        buffer.put(FINAL_TEXT);
        if (length < SHORT_LENGTH) {
            buffer.put((byte) length);
        } else if (length <= MAX_SHORT) {
            buffer.put((byte) SHORT_LENGTH).putShort((short) length);
        } else {
            buffer.put((byte) LONG_LENGTH).putLong(length);
        }
    }
}
