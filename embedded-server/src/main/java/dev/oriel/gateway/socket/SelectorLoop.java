package dev.oriel.gateway.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listening socket with all its connections, and the one thread that waits for them: it
/// accepts, reads, and writes what a socket had no room for. It calls nothing that waits.
///
/// What goes wrong with a connection costs that connection. What goes wrong with the loop itself
/// ends it: every socket is closed, and the owner is told, who opens another.
public final class SelectorLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);

    /// Clients that connect at the same time wait here, as many as the system allows, until they
    /// are accepted.
    private static final int BACKLOG = 1024;

    /// Between two turns of accepting, those that were accepted are read from.
    private static final int ACCEPTED_AT_ONCE = 16;

    private static final int READ_AT_ONCE = 64 * 1024;
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ACCEPT_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Selector selector;
    private final ServerSocketChannel server;
    private final SelectionKey accepting;
    private final int port;
    private final ConnectionContext setting;
    private final LongSupplier nanoTime;
    private final Consumer<Throwable> failed;
    private final Thread thread;
    private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_AT_ONCE);
    private volatile boolean closing;
    private volatile boolean ended;
    private long sweptAt; // the loop's thread alone
    private long acceptAgainAt; // the loop's thread alone; counts while `acceptPaused`
    private boolean acceptPaused; // the loop's thread alone
    private boolean acceptFailing; // the loop's thread alone: the last attempt failed

    private record Task(SocketConnection connection, Runnable run) {}

    private SelectorLoop(
            Selector selector,
            ServerSocketChannel server,
            ConnectionContext setting,
            LongSupplier nanoTime,
            Consumer<Throwable> failed)
            throws IOException {
        this.selector = selector;
        this.server = server;
        this.setting = setting;
        this.nanoTime = nanoTime;
        this.failed = failed;
        this.port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        this.accepting = server.register(selector, SelectionKey.OP_ACCEPT);
        this.sweptAt = nanoTime.getAsLong();
        this.thread = Thread.ofPlatform().daemon().name("gateway-" + port).unstarted(this::run);
    }

    /// Opens the socket; [#start] then serves it.
    ///
    /// @param nanoTime a clock that only goes forward
    /// @param failed called on the loop's thread after it has ended by itself
    public static SelectorLoop open(
            InetSocketAddress address,
            ConnectionContext setting,
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
            return new SelectorLoop(selector, server, setting, nanoTime, failed);
        } catch (IOException | RuntimeException e) {
            selector.close();
            if (server != null) {
                server.close();
            }
            throw e;
        }
    }

    public void start() {
        thread.start();
    }

    public int port() {
        return port;
    }

    /// The connections that there are, HTTP included.
    public Collection<SocketConnection> connections() {
        return connections;
    }

    /// Has something done on the loop's thread. What it throws is its connection's fault.
    void post(SocketConnection connection, Runnable act) {
        tasks.add(new Task(connection, act));
        if (!thread.equals(Thread.currentThread())) {
            selector.wakeup();
        }
    }

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
                turn();
            }
        } catch (ClosedSelectorException e) {
            why = ended ? null : e;
        } catch (Throwable e) {
            why = e;
        }
        if (why != null && !ended) {
            closeNow();
            tellOwner(why);
        } else {
            closeNow();
        }
    }

    /// Nobody else does what the owner does then. So it is told until it has heard: where memory or
    /// file descriptors ran out, even to load a class may have failed, and may not fail again.
    private void tellOwner(Throwable why) {
        boolean told = false;
        while (!told) {
            try {
                failed.accept(why);
                told = true;
            } catch (Throwable e) {
                LockSupport.parkNanos(ACCEPT_AGAIN_NANOS);
            }
        }
    }

    private void turn() throws IOException {
        boolean idle = connections.isEmpty() && !acceptPaused;
        if (!tasks.isEmpty()) {
            selector.selectNow();
        } else if (acceptPaused) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(ACCEPT_AGAIN_NANOS));
        } else {
            selector.select(idle ? 0 : TimeUnit.NANOSECONDS.toMillis(SWEEP_NANOS));
        }
        // Nobody means anything by it, and it would close whatever is read next.
        boolean _ = Thread.interrupted();
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
            SelectionKey key = ready.next();
            ready.remove();
            if (key.equals(accepting)) {
                accept();
            } else {
                serve((SocketConnection) key.attachment(), key);
            }
        }
        runTasks();
        long now = nanoTime.getAsLong();
        if (acceptPaused && now - acceptAgainAt >= 0 && !closing) {
            acceptPaused = false;
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
        if (now - sweptAt >= SWEEP_NANOS) {
            sweptAt = now;
            for (SocketConnection each : connections) {
                guarded(each, () -> each.checkTimeouts(now));
            }
        }
    }

    private void serve(SocketConnection connection, SelectionKey key) {
        guarded(
                connection,
                () -> {
                    if (key.isReadable()) {
                        connection.onReadable(buffer);
                    }
                    if (key.isValid() && key.isWritable()) {
                        connection.onWritable();
                    }
                });
    }

    private void runTasks() {
        Task task;
        while ((task = tasks.poll()) != null) {
            guarded(task.connection(), task.run());
        }
    }

    private static void guarded(SocketConnection connection, Runnable act) {
        try {
            act.run();
        } catch (CancelledKeyException e) {
            // Another thread has closed it.
        } catch (Throwable e) {
            connection.fail(e);
        }
    }

    private void accept() throws IOException {
        for (int i = 0; i < ACCEPTED_AT_ONCE && !closing; i++) {
            if (!setting.slots().hasRoom(nanoTime.getAsLong())) {
                pauseAccepting();
                return;
            }
            SocketChannel socket;
            try {
                socket = server.accept();
            } catch (ClosedChannelException e) {
                if (closing) {
                    return;
                }
                throw e;
            } catch (IOException e) {
                acceptingFailed(e);
                return;
            }
            acceptFailing = false;
            if (socket == null) {
                return;
            }
            try {
                begin(socket);
            } catch (Throwable e) {
                socket.close();
            }
        }
    }

    /// Most likely there are no more file descriptors: somebody must go before the next can come.
    /// Even to load a class may need one.
    private void acceptingFailed(IOException why) {
        boolean first = !acceptFailing;
        acceptFailing = true;
        pauseAccepting();
        try {
            evict(setting.slots().findEvictable());
            if (first) {
                LOG.warn("Connections cannot be accepted for a moment: {}", why.getMessage());
            }
        } catch (Throwable e) {
            // What is missing is there again when somebody has gone.
        }
    }

    private void pauseAccepting() {
        acceptPaused = true;
        acceptAgainAt = nanoTime.getAsLong() + ACCEPT_AGAIN_NANOS;
        accepting.interestOps(0);
    }

    private void begin(SocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        SocketConnection connection = new SocketConnection(socket, this, setting, nanoTime);
        try {
            SelectionKey key = socket.register(selector, SelectionKey.OP_READ, connection);
            connection.register(key);
            connections.add(connection);
            setting.slots().add(connection);
        } catch (Throwable e) {
            connection.close();
            throw e;
        }
        // What it asks for has often come with it, and its token.
        guarded(connection, () -> connection.onReadable(buffer));
        evict(setting.slots().findSurplus(connection));
    }

    private static void evict(ConnectionSlots.@Nullable SlotHolder guest) {
        if (guest instanceof SocketConnection c) {
            c.evict();
        }
    }

    /// Says goodbye to every client and stops listening.
    public void shutDown(int code, String reason, long millis) throws InterruptedException {
        closing = true;
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("The listening socket could not be closed", e);
        }
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
            server.close();
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
        connections.forEach(SocketConnection::close);
    }
}
