package dev.oriel.testing.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A WebSocket client that sends any frame, including invalid ones, and returns every received
/// frame.
public final class RawWebSocket implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final String responseHead;

    /// A frame of the server.
    public record Frame(int opcode, byte[] payload) {
        /// The code of a close frame; 1005 if it contains none.
        public int code() {
            return payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private RawWebSocket(Socket socket, String request) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new DataInputStream(socket.getInputStream());
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.append((char) b);
        }
        responseHead = head.toString();
    }

    /// Connects and sends the upgrade request.
    ///
    /// @param headers `Name: value`
    public static RawWebSocket connect(int port, String path, String... headers) {
        try {
            var socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            var request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
            request.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
            request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
            request.append("Sec-WebSocket-Version: 13\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            return new RawWebSocket(socket, request.append("\r\n").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The head of the reply to the upgrade request.
    public String responseHead() {
        return responseHead;
    }

    public Socket socket() {
        return socket;
    }

    public RawWebSocket sendText(String text) {
        return send(frame(TEXT, true, true, text.getBytes(StandardCharsets.UTF_8)));
    }

    public RawWebSocket send(byte[] bytes) {
        try {
            out.write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends bytes that the server may reject before it has received all of them.
    ///
    /// @return false if the server closed the connection
    public boolean trySend(byte[] bytes) {
        try {
            out.write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public static byte[] frame(int opcode, boolean last, boolean masked, byte[] payload) {
        return frame((last ? 0x80 : 0) | opcode, masked, payload.length, payload);
    }

    /// @param first the first byte of the frame
    /// @param announced the payload length in the header, regardless of the actual payload
    public static byte[] frame(int first, boolean masked, long announced, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        int bit = masked ? 0x80 : 0;
        if (announced >= 0 && announced < 126) {
            frame.write(bit | (int) announced);
        } else if (announced >= 0 && announced < 65_536) {
            frame.write(bit | 126);
            frame.write((int) announced >> 8);
            frame.write((int) announced);
        } else {
            frame.write(bit | 127);
            for (int i = 56; i >= 0; i -= 8) {
                frame.write((int) (announced >> i));
            }
        }
        byte[] mask = {1, 2, 3, 4};
        if (masked) {
            frame.writeBytes(mask);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(masked ? payload[i] ^ mask[i & 3] : payload[i]);
        }
        return frame.toByteArray();
    }

    /// Waits for the next frame.
    ///
    /// @return null if the connection was closed
    public @Nullable Frame read() {
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            long length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] payload = new byte[(int) length];
            in.readFully(payload);
            return new Frame(first & 0x0F, payload);
        } catch (EOFException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the next frame of a kind and discards those before it.
    ///
    /// @return null if the connection was closed before
    public @Nullable Frame await(int opcode) {
        Frame frame;
        do {
            frame = read();
        } while (frame != null && frame.opcode() != opcode);
        return frame;
    }

    /// The code of the close frame; 1006 if the connection was closed without one.
    public int awaitClose() {
        try {
            Frame close = await(CLOSE);
            return close == null ? 1006 : close.code();
        } catch (UncheckedIOException e) {
            return 1006;
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
