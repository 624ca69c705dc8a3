package dev.oriel.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A WebSocket client with minimal cost, so that mainly the server is measured.
public final class LeanClient implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    /// Connects and upgrades.
    public LeanClient(int port, String path, String token) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        String request =
                """
                GET %s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Authorization: Bearer %s\r
                \r
                """
                        .formatted(path, port, token);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException(head);
        }
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            fill(1);
            head.append((char) buffer[from++]);
        }
        return head.toString();
    }

    /// Sends a text frame, masked with zeros.
    public void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        byte[] frame = new byte[8 + bytes.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | 126);
        frame[2] = (byte) (bytes.length >> 8);
        frame[3] = (byte) bytes.length;
        System.arraycopy(bytes, 0, frame, 8, bytes.length);
        out.write(frame);
        out.flush();
    }

    /// Receives a frame as a part of the buffer, which is valid only during the call.
    public interface Frames {
        /// @return false to stop
        boolean onFrame(byte[] bytes, int from, int length) throws IOException;
    }

    /// Reads frames until the receiver returns false.
    public void read(Frames frames) throws IOException {
        while (true) {
            fill(2);
            int opcode = buffer[from] & 0x0F;
            int length = buffer[from + 1] & 0x7F;
            int header = 2;
            if (length == 126) {
                fill(4);
                length = (buffer[from + 2] & 0xFF) << 8 | (buffer[from + 3] & 0xFF);
                header = 4;
            } else if (length == 127) {
                fill(10);
                length = 0;
                for (int i = 6; i < 10; i++) {
                    length = length << 8 | (buffer[from + i] & 0xFF);
                }
                header = 10;
            }
            fill(header + length);
            int at = from + header;
            from = at + length;
            if (opcode == 8) {
                throw new EOFException("closed by the server");
            }
            if (opcode == 1 && !frames.onFrame(buffer, at, length)) {
                return;
            }
        }
    }

    private void fill(int bytes) throws IOException {
        if (to - from >= bytes) {
            return;
        }
        if (from + bytes > buffer.length) {
            byte[] next =
                    bytes > buffer.length ? new byte[Math.max(bytes, buffer.length * 2)] : buffer;
            System.arraycopy(buffer, from, next, 0, to - from);
            buffer = next;
            to -= from;
            from = 0;
        }
        while (to - from < bytes) {
            int n = in.read(buffer, to, buffer.length - to);
            if (n < 0) {
                throw new EOFException("connection lost");
            }
            to += n;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
