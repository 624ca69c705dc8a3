package dev.oriel.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The program that listens on a port that this server wanted, as far as it identifies itself.
enum PortOwner {
    /// The server of an Oriel window.
    WINDOW,
    /// An `oriel-server` process.
    SERVER,
    /// Another program.
    OTHER,
    /// No program: the system does not allow the port.
    NONE;

    private static final int PATIENCE_MILLIS = 1_000;
    private static final int MOST_BYTES = 64 * 1024;

    String describe(int port) {
        return switch (this) {
            case WINDOW -> "Port %d is taken by the server of a window of Oriel.".formatted(port);
            case SERVER -> "Port %d is taken by another oriel-server.".formatted(port);
            case OTHER -> "Port %d is taken by another program.".formatted(port);
            case NONE -> "Port %d is not allowed, or taken at another address.".formatted(port);
        };
    }

    /// Sends `GET /health`. Takes about three seconds at most.
    static PortOwner probe(InetSocketAddress address) {
        try (var socket = new Socket()) {
            InetAddress host = address.getAddress();
            socket.connect(
                    host == null || host.isAnyLocalAddress()
                            ? new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), address.getPort())
                            : address,
                    PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return ask(socket, address.getPort());
        } catch (IOException _) {
            return NONE;
        }
    }

    private static PortOwner ask(Socket socket, int port) {
        try {
            String request =
                    "GET /health HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n"
                            .formatted(port);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return ofReply(read(socket.getInputStream()));
        } catch (IOException _) {
            return OTHER;
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        int n;
        long end = System.nanoTime() + 2_000_000L * PATIENCE_MILLIS;
        while (all.size() < MOST_BYTES && System.nanoTime() - end < 0 && (n = in.read(part)) >= 0) {
            all.write(part, 0, n);
        }
        return all.toByteArray();
    }

    private static PortOwner ofReply(byte[] reply) throws MalformedMessageException {
        int body = new String(reply, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        if (body < 0) {
            return OTHER;
        }
        ObjectNode health = Json.parseObject(Arrays.copyOfRange(reply, body + 4, reply.length));
        return switch (health.path("program").asText()) {
            case ServerConfig.WINDOW -> WINDOW;
            case ServerConfig.SERVER -> SERVER;
            default -> OTHER;
        };
    }
}
