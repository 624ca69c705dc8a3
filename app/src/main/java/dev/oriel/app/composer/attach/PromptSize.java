package dev.oriel.app.composer.attach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ByteSize;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// How much of what a server accepts a prompt takes. Pure.
final class PromptSize {
    /// What a message has besides the content of a prompt, and the text that most prompts have.
    private static final long REST = 64 * 1024;

    /// Of a server that does not announce it.
    private static final long DEFAULT_MAX = 8L * 1024 * 1024;

    /// A character has at most so many bytes in JSON.
    private static final long MOST_PER_CHARACTER = 6;

    private PromptSize() {}

    /// The most bytes of all attachments of a prompt, before base64.
    ///
    /// @param maxMessage of the server, bytes; 0 if it is unknown
    static long maxAttachments(long maxMessage) {
        return Math.max(0, (orDefault(maxMessage) - REST) / 4 * 3);
    }

    private static long orDefault(long maxMessage) {
        return maxMessage > 0 ? maxMessage : DEFAULT_MAX;
    }

    /// Why a prompt is too large; empty if it is not.
    ///
    /// @param content of the prompt
    /// @param maxMessage as in [#maxAttachments]
    static String problem(JsonNode content, long maxMessage) {
        long room = orDefault(maxMessage) - 1024;
        if (content.isTextual() && content.textValue().length() * MOST_PER_CHARACTER <= room) {
            return "";
        }
        long size = jsonSize(content);
        return size <= room
                ? ""
                : "The message is too large: it has %s, and the server accepts %s."
                        .formatted(ByteSize.format(size), ByteSize.format(room));
    }

    private static long jsonSize(JsonNode content) {
        Counter counter = new Counter();
        try {
            Json.mapper().writeValue(counter, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counter.bytes;
    }

    /// Counts what is written to it.
    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }
}
