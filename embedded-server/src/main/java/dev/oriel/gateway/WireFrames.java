package dev.oriel.gateway;

import dev.oriel.dialect.TextFrames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Text frames as RFC 6455 has them on the wire, section 5.2: final, unmasked as a server's must
/// be, many to a buffer.
///
/// The library would make three objects and a buffer of each frame, and one write; here a burst is
/// one write.
final class WireFrames {
    /// Frames are put together up to about this size.
    private static final int CHUNK = 64 * 1024;

    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int MAX_HEADER = 10;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int MAX_SHORT = 0xFFFF;

    private WireFrames() {}

    static List<ByteBuffer> encode(TextFrames frames) {
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
