package dev.oriel.gateway.codec;

import dev.oriel.message.CloseCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Decodes the frames of a client (RFC 6455, section 5) from chunks of any size. The header of a
/// frame is checked before memory is allocated, and memory is allocated for received bytes only.
///
/// For one thread at a time.
public final class FrameDecoder {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int MAX_CONTROL = 125;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LENGTH_OF_64_BITS = 127;
    private static final int MASK_BYTES = 4;
    private static final int MAX_HEADER = 14;

    /// Up to this size memory is not counted: the number of connections limits it.
    private static final int FREE_ROOM = 16 * 1024;

    private static final char REPLACEMENT = '\uFFFD';
    private static final int CHECKED_AT_ONCE = 2_048;

    private final SocketLimits limits;
    private final ReceiveBudget budget;

    private final ByteBuffer header = ByteBuffer.allocate(MAX_HEADER);
    private int headerLength = 2;
    private boolean inPayload;
    private int opcode;
    private boolean isFinal;
    private int left;
    private final byte[] mask = new byte[MASK_BYTES];
    private int maskAt;

    private GrowingBytes control = new GrowingBytes();
    private @Nullable GrowingBytes message;
    private boolean isText;
    private int fragments;
    private final AtomicLong charged = new AtomicLong();

    public FrameDecoder(SocketLimits limits, ReceiveBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /// Decodes the next message or control frame.
    ///
    /// @param admitted whether the client is authenticated, which widens the limits
    /// @return null if none is complete; all bytes have been consumed then
    public @Nullable DecodedFrame decode(ByteBuffer in, boolean admitted)
            throws ProtocolViolationException {
        while (true) {
            if (!inPayload && !readHeader(in, admitted)) {
                return null;
            }
            inPayload = true;
            readPayload(in);
            if (left > 0) {
                return null;
            }
            inPayload = false;
            DecodedFrame whole = opcode >= CLOSE ? control() : message();
            if (whole != null) {
                return whole;
            }
        }
    }

    /// Releases the reservation of a message that will never be complete. Any thread may call it.
    public void release() {
        budget.release(charged.getAndSet(0));
    }

    private boolean readHeader(ByteBuffer in, boolean admitted) throws ProtocolViolationException {
        while (header.position() < headerLength) {
            if (!in.hasRemaining()) {
                return false;
            }
            header.put(in.get());
            if (header.position() == 2) {
                checkStart(header.get(0), header.get(1));
            }
        }
        int length = header.get(1) & 0x7F;
        long announced =
                switch (length) {
                    case LENGTH_OF_16_BITS -> header.getShort(2) & 0xFFFF;
                    case LENGTH_OF_64_BITS -> header.getLong(2);
                    default -> length;
                };
        header.get(headerLength - MASK_BYTES, mask);
        maskAt = 0;
        header.clear();
        headerLength = 2;
        if (announced < 0) {
            throw new ProtocolViolationException(
                    CloseCode.PROTOCOL_ERROR, "the length is negative");
        }
        if (opcode < CLOSE) {
            checkMessage(announced, admitted);
        }
        left = (int) announced;
        return true;
    }

    /// Checks the first two bytes of a frame.
    private void checkStart(byte first, byte second) throws ProtocolViolationException {
        isFinal = (first & 0x80) != 0;
        opcode = first & 0x0F;
        int length = second & 0x7F;
        if ((first & 0x70) != 0) {
            throw new ProtocolViolationException(
                    CloseCode.PROTOCOL_ERROR, "no extension was agreed on, but one is used");
        }
        switch (opcode) {
            case CONTINUATION, TEXT, BINARY -> {
                // What is allowed depends on the frames before, and is checked together with the
                // length.
            }
            case CLOSE, PING, PONG -> {
                if (!isFinal || length > MAX_CONTROL) {
                    throw new ProtocolViolationException(
                            CloseCode.PROTOCOL_ERROR,
                            "a control frame must be one frame of at most 125 bytes");
                }
            }
            default ->
                    throw new ProtocolViolationException(
                            CloseCode.PROTOCOL_ERROR, "the opcode has no meaning");
        }
        if ((second & 0x80) == 0) {
            throw new ProtocolViolationException(
                    CloseCode.PROTOCOL_ERROR, "a client must mask its frames");
        }
        headerLength =
                MASK_BYTES
                        + switch (length) {
                            case LENGTH_OF_16_BITS -> 2 + Short.BYTES;
                            case LENGTH_OF_64_BITS -> 2 + Long.BYTES;
                            default -> 2;
                        };
    }

    private void checkMessage(long announced, boolean admitted) throws ProtocolViolationException {
        GrowingBytes unfinished = message;
        if (opcode == CONTINUATION && unfinished == null) {
            throw new ProtocolViolationException(
                    CloseCode.PROTOCOL_ERROR, "there is nothing to continue");
        }
        if (opcode != CONTINUATION && unfinished != null) {
            throw new ProtocolViolationException(
                    CloseCode.PROTOCOL_ERROR, "the message before is not complete");
        }
        int soFar = unfinished == null ? 0 : unfinished.length();
        int max = limits.maxMessage(admitted);
        if (announced > max - soFar) {
            throw new ProtocolViolationException(
                    CloseCode.MESSAGE_TOO_BIG, "a message may have at most " + max + " bytes");
        }
        if (unfinished == null) {
            message = new GrowingBytes();
            isText = opcode == TEXT;
            fragments = 0;
        }
        if (++fragments > limits.maxFragments(admitted)) {
            throw new ProtocolViolationException(
                    CloseCode.POLICY_VIOLATION, "a message in too many frames");
        }
    }

    private void readPayload(ByteBuffer in) throws ProtocolViolationException {
        int count = Math.min(left, in.remaining());
        if (count == 0) {
            return;
        }
        GrowingBytes into = opcode >= CLOSE || message == null ? control : message;
        int from = into.length();
        int expected = from + left;
        charge(into.capacityFor(from + count, expected) - into.capacity(), into);
        into.append(in, count, expected);
        byte[] bytes = into.array();
        for (int i = from; i < from + count; i++) {
            bytes[i] ^= mask[maskAt & 3];
            maskAt++;
        }
        left -= count;
    }

    private void charge(int growth, GrowingBytes into) throws ProtocolViolationException {
        if (growth == 0 || into.capacity() + growth <= FREE_ROOM) {
            return;
        }
        if (!budget.tryReserve(growth)) {
            throw new ProtocolViolationException(
                    CloseCode.TRY_AGAIN_LATER, "too many large messages at the same time");
        }
        charged.addAndGet(growth);
    }

    private DecodedFrame control() throws ProtocolViolationException {
        GrowingBytes payload = control;
        control = new GrowingBytes();
        return switch (opcode) {
            case PING -> new DecodedFrame.Ping(ByteBuffer.wrap(payload.copy()));
            case PONG -> new DecodedFrame.Pong();
            default -> close(payload);
        };
    }

    private static DecodedFrame close(GrowingBytes payload) throws ProtocolViolationException {
        if (payload.length() == 0) {
            return new DecodedFrame.Close(DecodedFrame.Close.NO_CODE, "");
        }
        if (payload.length() == 1) {
            throw new ProtocolViolationException(CloseCode.PROTOCOL_ERROR, "half a close code");
        }
        int code = ByteBuffer.wrap(payload.array()).getShort() & 0xFFFF;
        if (!mayBeSent(code)) {
            throw new ProtocolViolationException(
                    CloseCode.PROTOCOL_ERROR, "no close code is " + code);
        }
        return new DecodedFrame.Close(code, utf8(payload.array(), 2, payload.length() - 2));
    }

    /// Close codes of RFC 6455, section 7.4, and of its registry.
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003)
                || (code >= 1007 && code <= 1014)
                || (code >= 3000 && code <= 4999);
    }

    private @Nullable DecodedFrame message() throws ProtocolViolationException {
        GrowingBytes whole = message;
        if (!isFinal || whole == null) {
            return null;
        }
        message = null;
        if (!isText) {
            release();
            return new DecodedFrame.Binary(whole.length());
        }
        String text = utf8(whole.array(), 0, whole.length());
        return new DecodedFrame.Text(text, whole.length(), charged.getAndSet(0));
    }

    private static String utf8(byte[] bytes, int from, int length)
            throws ProtocolViolationException {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        // A replaced byte leaves this character; but a text may also contain it itself.
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(ByteBuffer.wrap(bytes, from, length))) {
            throw new ProtocolViolationException(CloseCode.INVALID_UTF8, "a text must be UTF-8");
        }
        return text;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(CHECKED_AT_ONCE);
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(bytes, chars, true);
        } while (result.isOverflow());
        return !result.isError();
    }
}
