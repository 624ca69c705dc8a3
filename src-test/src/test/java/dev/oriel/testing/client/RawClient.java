package dev.oriel.testing.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A client that says exactly what the test says, byte by byte: no HTTP library would be so rude.
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

    /// Connects with a receive buffer so small that little fits between the two.
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

    /// One answer to one request.
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

    /// A text frame, masked as a client's must be.
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

    /// An upgrade as a browser sends it, and the answer's head.
    ///
    /// @param headers lines that end in `\r\n`
    public String upgrade(String path, String host, String headers) {
        send(
                "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n"
                        .formatted(path, host, headers));
        return readHead();
    }

    /// Everything up to the first empty line, or to the end.
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

    /// Some bytes, as they come.
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

    /// Everything until the server ends the connection.
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

    /// Leaves without a word: the server gets a reset.
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
