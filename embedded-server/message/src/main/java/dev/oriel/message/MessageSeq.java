package dev.oriel.message;

import java.nio.charset.StandardCharsets;

/// Reads the position of a message in its session.
public final class MessageSeq {
    private static final byte[] FIRST = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);

    private MessageSeq() {}

    /// The position of a message. Oriel's server writes `seq` first, which is read without a
    /// parser.
    ///
    /// @param message from a server
    /// @return from 1; 0 if the message is not journaled
    public static long of(Message message) {
        byte[] bytes = message.bytes();
        if (startsWithSeq(bytes)) {
            long seq = 0;
            for (int i = FIRST.length;
                    i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9';
                    i++) {
                seq = seq * 10 + (bytes[i] - '0');
            }
            return seq;
        }
        return message.isLiveOnly() ? 0 : message.tree().path("seq").asLong();
    }

    private static boolean startsWithSeq(byte[] bytes) {
        if (bytes.length < FIRST.length) {
            return false;
        }
        for (int i = 0; i < FIRST.length; i++) {
            if (bytes[i] != FIRST[i]) {
                return false;
            }
        }
        return true;
    }
}
