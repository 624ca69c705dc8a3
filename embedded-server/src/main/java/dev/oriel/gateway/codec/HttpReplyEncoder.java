package dev.oriel.gateway.codec;

import dev.oriel.dialect.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/// Encodes the head of an HTTP reply, with HttpCore. Every reply closes its connection, which is
/// also the end of a body of unknown length.
public final class HttpReplyEncoder {
    private static final int BUFFER = 2_048;

    private HttpReplyEncoder() {}

    public static byte[] encodeHead(HttpReply reply) {
        try {
            var response = new BasicClassicHttpResponse(reply.status());
            if (reply.status() != 204 && reply.bodyStream() == null) {
                response.addHeader("Content-Length", reply.body().length);
            }
            if (!reply.contentType().isEmpty()) {
                response.addHeader("Content-Type", reply.contentType());
            }
            response.addHeader("Connection", "close");
            response.addHeader("Cache-Control", "no-store");
            response.addHeader("X-Content-Type-Options", "nosniff");
            // Replaces a header above that has the same name.
            reply.headers().forEach(response::setHeader);
            var out = new ByteArrayOutputStream();
            var buffer = new SessionOutputBufferImpl(BUFFER);
            new DefaultHttpResponseWriter().write(response, buffer, out);
            buffer.flush(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        } catch (HttpException e) {
            throw new IllegalStateException("our own reply is valid HTTP", e);
        }
    }
}
