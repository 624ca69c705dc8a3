package dev.oriel.testing.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy that supports only CONNECT. It connects every target to one port of this computer,
/// so that tests can use host names that do not exist.
public final class TestProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final int to;
    private final List<String> targets = new CopyOnWriteArrayList<>();

    public TestProxy(int to) throws IOException {
        this.to = to;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("test-proxy").start(this::listen);
    }

    /// The proxy's address as `host:port`.
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// The requested targets, in order.
    public List<String> targets() {
        return targets;
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket next = socket.accept();
                Thread.ofVirtual().start(() -> tunnel(next));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void tunnel(Socket from) {
        try (from;
                Socket onwards = new Socket(InetAddress.getLoopbackAddress(), to)) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = from.getInputStream().read();
                if (b < 0) {
                    return;
                }
                head.append((char) b);
            }
            String[] words = head.toString().split(" ");
            if (!words[0].equals("CONNECT")) {
                return;
            }
            targets.add(words[1]);
            OutputStream back = from.getOutputStream();
            back.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            back.flush();
            Thread there = Thread.ofVirtual().start(() -> copy(from, onwards));
            copy(onwards, from);
            there.join();
        } catch (IOException e) {
            // One side has closed its connection; the other is closed too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // The other side is closed too.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
