package dev.oriel.testing.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A client that sends exactly the bytes of the test, which HTTP libraries do not allow.
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    public static RawClient connect(int port) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Connects with a small receive buffer, so that little data is in transit.
    public static RawClient connectWithSmallBuffer(int port) {
        try {
            var socket = new Socket();
            socket.setReceiveBufferSize(4 * 1024);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a request and returns the reply.
    public static String exchange(int port, String request) {
        try (RawClient client = connect(port)) {
            return client.send(request).readAll();
        }
    }

    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a text frame, masked as those of clients.
    public RawClient sendFrame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        out.write(0x81);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.writeBytes(new byte[] {0, 0, 0, 0});
        out.writeBytes(payload);
        return send(out.toByteArray());
    }

    /// Sends an upgrade request as a browser does and returns the head of the reply.
    ///
    /// @param headers lines that end in `\r\n`
    public String upgrade(String path, String host, String headers) {
        send(
                """
                GET %s HTTP/1.1\r
                Host: %s\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                %s\r
                """
                        .formatted(path, host, headers));
        return readHead();
    }

    /// Reads up to the first empty line or the end.
    public String readHead() {
        StringBuilder head = new StringBuilder();
        try {
            int b;
            while (head.indexOf("\r\n\r\n") < 0 && (b = socket.getInputStream().read()) >= 0) {
                head.append((char) b);
            }
            return head.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads some available bytes.
    ///
    /// @return empty at the end
    public byte[] readSome() {
        byte[] some = new byte[16 * 1024];
        try {
            int n = socket.getInputStream().read(some);
            return n < 0 ? new byte[0] : Arrays.copyOf(some, n);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads until the server closes the connection.
    public String readAll() {
        return new String(readAllBytes(), StandardCharsets.UTF_8);
    }

    public byte[] readAllBytes() {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Closes the socket with a TCP reset.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
