package dev.oriel.testing.peer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One connection to a [TestPeer]. Implements the parts of RFC 6455 that tests need.
public final class PeerConnection {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final String requestLine;
    private final Map<String, String> headers;

    private PeerConnection(Socket socket, String requestLine, Map<String, String> headers)
            throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.requestLine = requestLine;
        this.headers = headers;
    }

    static PeerConnection of(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("gone");
            }
            head.write(b);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] pair = lines[i].split(":", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1].strip());
        }
        return new PeerConnection(socket, lines[0], headers);
    }

    /// The request's path and query.
    public String path() {
        return requestLine.split(" ")[1];
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /// Completes the upgrade to a WebSocket.
    public PeerConnection upgrade() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest(
                                    (headers.get("sec-websocket-key") + GUID)
                                            .getBytes(StandardCharsets.ISO_8859_1));
            write(
                    "HTTP/1.1 101 Switching Protocols\r\n"
                            + "Upgrade: websocket\r\n"
                            + "Connection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(digest)
                            + "\r\n\r\n");
            return this;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Replies with a status and closes the connection.
    public void refuse(int status) {
        write("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        drop();
    }

    /// Sends a text frame that ends with a line break.
    public PeerConnection send(String json) {
        frame(0x1, (json + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Sends a text frame unchanged.
    public PeerConnection sendText(String text) {
        frame(0x1, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Sends a close frame with a code.
    public void close(int code) {
        close(code, "");
    }

    public void close(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[words.length + 2];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(words, 0, payload, 2, words.length);
        frame(0x8, payload);
    }

    private synchronized void frame(int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(payload);
        try {
            out.write(frame.toByteArray());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the next text frame. Pings and pongs are skipped; a close frame is replied to and
    /// thrown.
    public JsonNode receive() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0xF;
                int length = in.readUnsignedByte() & 0x7F;
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = (int) in.readLong();
                }
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                if (opcode == 8) {
                    frame(0x8, payload);
                    throw new EOFException("the client hangs up");
                }
                if (opcode == 1) {
                    return Json.mapper().readTree(payload);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Closes the socket without a close frame. Does nothing if it is already closed.
    public void drop() {
        if (socket.isClosed()) {
            return;
        }
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
