package dev.oriel.testing.client;

import dev.oriel.testing.server.RunningServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/// A subscriber for large numbers of frames: it stores no frames, checks that seqs are consecutive,
/// and can stop reading.
public final class SeqCheckingClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Socket socket;
    private boolean paused; // guarded by lock
    private volatile long lastSeq;
    private volatile String gap = "";

    private SeqCheckingClient(URI uri, String token, long after) {
        lastSeq = after;
        socket = new Socket(uri);
        socket.addHeader("Authorization", "Bearer " + token);
    }

    public static SeqCheckingClient connect(
            RunningServer server, java.util.UUID session, long after) {
        URI uri =
                URI.create(
                        "ws://127.0.0.1:%d/v1/sessions/ws/%s/subscribe?after=%d"
                                .formatted(server.port(), session, after));
        var client = new SeqCheckingClient(uri, server.server().token(), after);
        try {
            client.socket.connectBlocking();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return client;
    }

    /// Stops reading after the current frame.
    public void pause() {
        lock.lock();
        try {
            paused = true;
        } finally {
            lock.unlock();
        }
    }

    public void resume() {
        lock.lock();
        try {
            paused = false;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public long lastSeq() {
        return lastSeq;
    }

    /// The first gap in the seqs; empty if there is none.
    public String gap() {
        return gap;
    }

    public void awaitSeq(long seq) {
        Awaitility.await().atMost(PATIENCE).until(() -> lastSeq >= seq);
    }

    public int awaitClosed() throws Exception {
        return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        resume();
        socket.close();
    }

    private void waitWhilePaused() {
        lock.lock();
        try {
            while (paused) {
                resumed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void took(String text) {
        waitWhilePaused();
        String start = "{\"seq\":";
        if (text.startsWith(start)) {
            long seq = Long.parseLong(text, start.length(), text.indexOf(','), 10);
            if (seq != lastSeq + 1 && gap.isEmpty()) {
                gap = lastSeq + " then " + seq;
            }
            lastSeq = seq;
        }
    }

    private final class Socket extends WebSocketClient {
        Socket(URI uri) {
            super(uri);
            setDaemon(true);
            setConnectionLostTimeout(0);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            // Only frames are checked.
        }

        @Override
        public void onMessage(String text) {
            took(text);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            closed.complete(code);
        }

        @Override
        public void onError(Exception e) {
            // The close that follows is reported.
        }
    }
}
