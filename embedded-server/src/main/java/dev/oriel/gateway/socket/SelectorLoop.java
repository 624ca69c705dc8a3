package dev.oriel.gateway.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listening socket with all its connections, and the one thread that waits for them: it
/// accepts, reads, and writes what a socket had no room for. It calls nothing that blocks.
///
/// A failure of a connection closes that connection. A failure of the loop itself ends it: every
/// socket is closed, and the owner is notified and opens another loop.
public final class SelectorLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);

    /// Clients that connect at the same time wait here, as many as the system allows, until they
    /// are accepted.
    private static final int BACKLOG = 1024;

    /// Size of the buffer that all connections are read into, one after the other, bytes.
    private static final int MAX_READ = 64 * 1024;

    /// How often each connection checks its timeouts.
    private static final long TIMEOUT_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long NOTIFY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Selector selector;
    private final ConnectionAcceptor acceptor;
    private final ConnectionContext context;
    private final LongSupplier nanoTime;
    private final Consumer<Throwable> failed;
    private final Thread thread;
    private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

    /// Completed when the last connection has closed during a shutdown.
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_READ); // the loop's thread only
    private volatile boolean closing; // set by the thread that shuts down
    private volatile boolean ended; // set by any thread
    private long timeoutsCheckedAt; // the loop's thread only

    private record Task(SocketConnection connection, Runnable act) {}

    private SelectorLoop(
            Selector selector,
            ServerSocketChannel server,
            ConnectionContext context,
            LongSupplier nanoTime,
            Consumer<Throwable> failed)
            throws IOException {
        this.selector = selector;
        this.context = context;
        this.nanoTime = nanoTime;
        this.failed = failed;
        this.acceptor =
                new ConnectionAcceptor(server, selector, context.slots(), nanoTime, this::serve);
        this.timeoutsCheckedAt = nanoTime.getAsLong();
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("gateway-" + acceptor.port())
                        .unstarted(this::run);
    }

    /// Opens a listening socket and serves it on a thread of its own.
    ///
    /// @param nanoTime a monotonic clock
    /// @param failed called on the loop's thread after the loop has ended by itself; called again
    ///   as long as it throws
    public static SelectorLoop start(
            InetSocketAddress address,
            ConnectionContext context,
            LongSupplier nanoTime,
            Consumer<Throwable> failed)
            throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = null;
        try {
            server = ServerSocketChannel.open();
            server.configureBlocking(false);
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            SelectorLoop loop = new SelectorLoop(selector, server, context, nanoTime, failed);
            loop.thread.start();
            return loop;
        } catch (IOException | RuntimeException e) {
            selector.close();
            if (server != null) {
                server.close();
            }
            throw e;
        }
    }

    public int port() {
        return acceptor.port();
    }

    /// The open connections, HTTP included.
    public Collection<SocketConnection> connections() {
        return connections;
    }

    /// Runs a task on the loop's thread, after the sockets that are ready now have been served. An
    /// exception is a failure of the connection. Any thread may call it.
    void post(SocketConnection connection, Runnable act) {
        tasks.add(new Task(connection, act));
        if (!thread.equals(Thread.currentThread())) {
            selector.wakeup();
        }
    }

    /// Any thread may call it.
    void remove(SocketConnection connection) {
        connections.remove(connection);
        if (closing && connections.isEmpty()) {
            emptied.complete(null);
        }
    }

    private void run() {
        Throwable why = null;
        try {
            while (!ended) {
                runOnce();
            }
        } catch (ClosedSelectorException e) {
            why = ended ? null : e;
        } catch (Throwable e) {
            why = e;
        }
        boolean byItself = !ended;
        closeNow();
        if (why != null && byItself) {
            notifyOwner(why);
        }
    }

    /// Only the owner can open the port again, so it is notified until that succeeds: where memory
    /// or file descriptors ran out, even loading a class may fail at first.
    private void notifyOwner(Throwable why) {
        boolean notified = false;
        while (!notified) {
            try {
                failed.accept(why);
                notified = true;
            } catch (Throwable e) {
                LockSupport.parkNanos(NOTIFY_AGAIN_NANOS);
            }
        }
    }

    /// Waits until a socket is ready, serves all that are, then runs the posted tasks.
    private void runOnce() throws IOException {
        boolean idle = connections.isEmpty();
        if (!tasks.isEmpty()) {
            selector.selectNow();
        } else if (acceptor.isPaused()) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(ConnectionAcceptor.PAUSE_NANOS));
        } else {
            selector.select(idle ? 0 : TimeUnit.NANOSECONDS.toMillis(TIMEOUT_CHECK_NANOS));
        }
        // Nothing interrupts this thread on purpose, and an interrupt would close the next channel.
        boolean _ = Thread.interrupted();
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
            SelectionKey key = ready.next();
            ready.remove();
            if (acceptor.isKey(key)) {
                acceptor.accept();
            } else {
                onReady((SocketConnection) key.attachment(), key);
            }
        }
        runTasks();
        long now = nanoTime.getAsLong();
        acceptor.resumeIfDue(now);
        if (now - timeoutsCheckedAt >= TIMEOUT_CHECK_NANOS) {
            timeoutsCheckedAt = now;
            for (SocketConnection each : connections) {
                runGuarded(each, () -> each.checkTimeouts(now));
            }
        }
    }

    private void onReady(SocketConnection connection, SelectionKey key) {
        runGuarded(
                connection,
                () -> {
                    if (key.isReadable()) {
                        connection.reader().read(buffer, connection.maxRead());
                    }
                    if (key.isValid() && key.isWritable()) {
                        connection.onWritable();
                    }
                });
    }

    private void runTasks() {
        Task task;
        while ((task = tasks.poll()) != null) {
            runGuarded(task.connection(), task.act());
        }
    }

    /// Runs code of one connection; a failure closes that connection only.
    private static void runGuarded(SocketConnection connection, Runnable act) {
        try {
            act.run();
        } catch (CancelledKeyException e) {
            // Another thread has closed the socket.
        } catch (Throwable e) {
            connection.fail(e);
        }
    }

    /// Serves an accepted socket.
    private SocketConnection serve(SocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
        SocketConnection connection = new SocketConnection(socket, key, this, context, nanoTime);
        try {
            key.attach(connection);
            connections.add(connection);
            context.slots().add(connection);
        } catch (Throwable e) {
            connection.close();
            throw e;
        }
        // The request, and its token, have often arrived together with the connection.
        runGuarded(connection, () -> connection.reader().read(buffer, connection.maxRead()));
        return connection;
    }

    /// Stops listening, closes every connection with a close code, and waits for them.
    ///
    /// @param millis how long to wait at most; the sockets that are left are closed then
    public void shutDown(int code, String reason, long millis) throws InterruptedException {
        closing = true;
        acceptor.close();
        connections.forEach(c -> c.shutDown(code, reason));
        if (!connections.isEmpty()) {
            try {
                emptied.get(millis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                LOG.debug("{} connections did not end in time", connections.size());
            }
        }
        closeNow();
    }

    /// Closes every socket at once. Any thread may call it.
    public void closeNow() {
        ended = true;
        try {
            // The selector first: a socket that it still knows is only closed by its next turn.
            selector.close();
        } catch (IOException e) {
            LOG.debug("A selector could not be closed", e);
        }
        acceptor.close();
        connections.forEach(SocketConnection::close);
    }
}
