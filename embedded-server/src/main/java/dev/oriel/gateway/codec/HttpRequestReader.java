package dev.oriel.gateway.codec;

import dev.oriel.dialect.HttpReply;
import dev.oriel.message.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/// Reads one HTTP request from chunks of any size.
///
/// For one thread at a time.
public final class HttpRequestReader {
    private static final int END_OF_HEAD = 4;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final int maxHead;
    private GrowingBytes bytes = new GrowingBytes();
    private int ending; // received bytes of the line breaks that end the head
    private int bodyLength;

    /// A request that is malformed or exceeds a limit.
    public static final class RefusedRequestException extends Exception {
        private final transient HttpReply reply;

        RefusedRequestException(int status, String code, String message) {
            super(message, null, false, false);
            this.reply = HttpReply.error(status, code, message);
        }

        public HttpReply reply() {
            return reply;
        }
    }

    public HttpRequestReader(int maxHead) {
        this.maxHead = maxHead;
    }

    boolean isEmpty() {
        return bytes.length() == 0;
    }

    /// Reads bytes up to the end of the head.
    ///
    /// @return null if the end has not been received
    public @Nullable HttpRequestHead readHead(ByteBuffer in) throws RefusedRequestException {
        int count = 0;
        while (ending < END_OF_HEAD && count < in.remaining()) {
            byte b = in.get(in.position() + count);
            count++;
            if (b == (ending % 2 == 0 ? '\r' : '\n')) {
                ending++;
            } else {
                ending = b == '\r' ? 1 : 0;
            }
        }
        if (bytes.length() + count > maxHead || (ending < END_OF_HEAD && isFull(count))) {
            throw new RefusedRequestException(
                    431, ErrorCode.TOO_LARGE, "The request's head is too large.");
        }
        bytes.append(in, count, maxHead);
        if (ending < END_OF_HEAD) {
            return null;
        }
        try {
            HttpRequestHead head = HttpRequestHead.parse(bytes.copy());
            bytes = new GrowingBytes();
            return head;
        } catch (MalformedTargetException e) {
            throw new RefusedRequestException(
                    400, ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (HttpException e) {
            throw new RefusedRequestException(400, ErrorCode.BAD_REQUEST, "This is not HTTP.");
        }
    }

    private boolean isFull(int more) {
        return bytes.length() + more >= maxHead;
    }

    /// Checks the length of the body.
    ///
    /// @return whether the request has a body
    public boolean expectBody(HttpRequestHead head, int max) throws RefusedRequestException {
        if (head.header("transfer-encoding") != null) {
            throw new RefusedRequestException(
                    411, ErrorCode.BAD_REQUEST, "Send the body with a Content-Length.");
        }
        String length = head.header("content-length");
        long announced = 0;
        if (length != null) {
            announced = DIGITS.matcher(length).matches() ? Long.parseLong(length) : -1;
        }
        if (announced < 0) {
            throw new RefusedRequestException(
                    400, ErrorCode.BAD_REQUEST, "The Content-Length is wrong.");
        }
        if (announced > max) {
            throw new RefusedRequestException(
                    413, ErrorCode.TOO_LARGE, "The request's body is too large.");
        }
        bodyLength = (int) announced;
        return bodyLength > 0;
    }

    /// Reads bytes up to the end of the body.
    ///
    /// @return null if the end has not been received
    public byte @Nullable [] readBody(ByteBuffer in) {
        bytes.append(in, Math.min(in.remaining(), bodyLength - bytes.length()), bodyLength);
        if (bytes.length() < bodyLength) {
            return null;
        }
        byte[] body = bytes.array();
        bytes = new GrowingBytes();
        return body.length == bodyLength ? body : Arrays.copyOf(body, bodyLength);
    }
}
