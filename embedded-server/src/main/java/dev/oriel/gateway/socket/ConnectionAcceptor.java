package dev.oriel.gateway.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts the connections of one listening socket as long as there are slots for them. Where
/// accepting fails, it pauses for a moment.
///
/// On the loop's thread, except [#port()] and [#close()].
final class ConnectionAcceptor {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionAcceptor.class);

    /// How long accepting pauses.
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// How many connections are accepted at once; then the loop reads those that it has.
    private static final int MAX_ACCEPTS = 16;

    private final ServerSocketChannel server;
    private final SelectionKey key;
    private final int port;
    private final ConnectionSlots slots;
    private final LongSupplier nanoTime;
    private final SocketServer sockets;
    private volatile boolean closed; // set by any thread
    private long resumeAt; // the loop's thread only; counts while `paused`
    private boolean paused; // the loop's thread only
    private boolean failing; // the loop's thread only: the last attempt failed

    /// Serves accepted sockets.
    interface SocketServer {
        SocketConnection serve(SocketChannel socket) throws IOException;
    }

    ConnectionAcceptor(
            ServerSocketChannel server,
            Selector selector,
            ConnectionSlots slots,
            LongSupplier nanoTime,
            SocketServer sockets)
            throws IOException {
        this.server = server;
        this.slots = slots;
        this.nanoTime = nanoTime;
        this.sockets = sockets;
        this.port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        this.key = server.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() {
        return port;
    }

    boolean isKey(SelectionKey other) {
        return key.equals(other);
    }

    boolean isPaused() {
        return paused;
    }

    /// Accepts the connections that wait, up to a number.
    void accept() throws IOException {
        for (int i = 0; i < MAX_ACCEPTS && !closed; i++) {
            if (!slots.hasRoom(nanoTime.getAsLong())) {
                pause();
                return;
            }
            SocketChannel socket;
            try {
                socket = server.accept();
            } catch (ClosedChannelException e) {
                if (closed) {
                    return;
                }
                throw e;
            } catch (IOException e) {
                onFailure(e);
                return;
            }
            failing = false;
            if (socket == null) {
                return;
            }
            try {
                evict(slots.findSurplus(sockets.serve(socket)));
            } catch (Throwable e) {
                socket.close();
            }
        }
    }

    /// Most likely the file descriptors ran out, so that one connection must go before the next can
    /// be accepted. Even loading a class may need a descriptor.
    private void onFailure(IOException why) {
        boolean first = !failing;
        failing = true;
        pause();
        try {
            evict(slots.findEvictable());
            if (first) {
                LOG.warn("Accepting connections fails for the moment: {}", why.getMessage());
            }
        } catch (Throwable e) {
            // The missing resource is there again once a connection has gone.
        }
    }

    private static void evict(ConnectionSlots.@Nullable SlotHolder holder) {
        if (holder instanceof SocketConnection connection) {
            connection.evict();
        }
    }

    private void pause() {
        paused = true;
        resumeAt = nanoTime.getAsLong() + PAUSE_NANOS;
        key.interestOps(0);
    }

    /// @param now by the monotonic clock
    void resumeIfDue(long now) {
        if (paused && now - resumeAt >= 0 && !closed) {
            paused = false;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /// Stops listening. Any thread may call it.
    void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("A listening socket could not be closed", e);
        }
    }
}
