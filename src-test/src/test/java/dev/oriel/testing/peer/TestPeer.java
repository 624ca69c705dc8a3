package dev.oriel.testing.peer;

import dev.oriel.testing.await.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A WebSocket server that the test controls step by step: a real socket on port 0 that does
/// nothing by itself. It can also misbehave: refuse connections, disconnect within a frame, send
/// frames twice.
///
/// ```java
/// PeerConnection caller = peer.accept(); // the next connection, its request read
/// caller.upgrade();
/// caller.send("{\"seq\":1,…}");
/// caller.drop();
/// ```
public final class TestPeer implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = Patience.SECONDS;

    private final ServerSocket socket;
    private final BlockingQueue<PeerConnection> connections = new LinkedBlockingQueue<>();

    /// All connections, because an unreachable socket is closed by the garbage collector.
    private final List<PeerConnection> all = new CopyOnWriteArrayList<>();

    public TestPeer() {
        this(ServerSocketFactory.getDefault());
    }

    /// Starts a server with TLS that accepts only clients with a known certificate.
    public static TestPeer secure(SSLContext context) {
        TestPeer peer = new TestPeer(context.getServerSocketFactory());
        ((SSLServerSocket) peer.socket).setNeedClientAuth(true);
        return peer;
    }

    private TestPeer(ServerSocketFactory sockets) {
        try {
            socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("test-peer").start(this::listen);
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket next = socket.accept();
                Thread.ofVirtual().start(() -> receive(next));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void receive(Socket next) {
        try {
            PeerConnection caller = PeerConnection.of(next);
            all.add(caller);
            connections.add(caller);
        } catch (IOException e) {
            // It disconnected before its request was complete, or was rejected.
            try {
                next.close();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /// Waits for the next connection.
    public PeerConnection accept() throws InterruptedException {
        PeerConnection next = connections.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody called");
        }
        return next;
    }

    /// The number of connections that were not accepted yet.
    public int pending() {
        return connections.size();
    }

    boolean closed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        all.forEach(PeerConnection::drop);
    }
}
