package dev.oriel.testing.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on a free port of this computer that answers every connection with the same bytes, or
/// breaks it: a proxy that refuses, another protocol, a server that crashes.
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String answer;
    private final boolean resets;
    private final AtomicInteger connections = new AtomicInteger();

    private RawServer(String answer, boolean resets) throws IOException {
        this.answer = answer;
        this.resets = resets;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("raw-server").start(this::listen);
    }

    /// Sends this after the first bytes of the client, and closes the connection.
    public static RawServer answering(String answer) throws IOException {
        return new RawServer(answer, false);
    }

    /// Resets connections after the first bytes of the client.
    public static RawServer resetting() throws IOException {
        return new RawServer("", true);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// How many clients have sent something.
    public int connections() {
        return connections.get();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket next = socket.accept();
                Thread.ofVirtual().start(() -> answer(next));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            if (client.getInputStream().read(new byte[16 << 10]) < 0) {
                return;
            }
            connections.incrementAndGet();
            if (resets) {
                client.setSoLinger(true, 0);
            } else {
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                client.shutdownOutput();
                client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            // The client has closed its side.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
