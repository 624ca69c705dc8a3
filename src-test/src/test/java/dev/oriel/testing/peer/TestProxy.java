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

/// An HTTP proxy that knows CONNECT and nothing else. Wherever it is asked to, it leads to one port
/// of this computer, so that names that do not exist can be used behind it.
public final class TestProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final int to;
    private final List<String> targets = new CopyOnWriteArrayList<>();

    public TestProxy(int to) throws IOException {
        this.to = to;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("test-proxy").start(this::listen);
    }

    /// `host:port`, for whom it is set.
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// Where it was asked to lead, in order.
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
            // One side has gone, and with it the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // The other side ends too.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
