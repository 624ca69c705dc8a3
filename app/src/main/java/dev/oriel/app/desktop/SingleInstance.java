package dev.oriel.app.desktop;

import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ensures that each user runs one window. A second process sends its arguments to the running
/// window and exits.
///
/// The running window listens on a Unix domain socket (also on Windows) in a folder that only its
/// owner can enter, so other users cannot connect. Messages are not trusted: their length and time
/// are limited, and they are parsed like a command line. A message consists of the arguments, each
/// terminated by a NUL; the reply is one byte, 1 if the arguments were accepted and otherwise 0.
///
/// A file lock next to the socket tells whether a window is running. The operating system releases
/// it when the process ends for any reason, so a socket file without a lock is stale.
public final class SingleInstance implements AutoCloseable {
    private static final String FOLDER = "running";
    static final int MAX_BYTES = 4_096;
    static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final byte ACCEPTED = 1;
    private static final Logger LOG = LoggerFactory.getLogger(SingleInstance.class);

    private final Path socket;
    private final FileChannel lock;
    private final ServerSocketChannel server;

    private SingleInstance(Path socket, FileChannel lock, ServerSocketChannel server) {
        this.socket = socket;
        this.lock = lock;
        this.server = server;
    }

    /// Sends `arguments` to the running window. Blocks for at most a few seconds.
    ///
    /// @param folder the folder of the window's state
    /// @return whether a window is running and has accepted the arguments
    public static boolean signal(Path folder, List<String> arguments) {
        Path socket = socket(folder);
        if (!Files.exists(socket)) {
            return false;
        }
        ByteBuffer message =
                StandardCharsets.UTF_8.encode(
                        String.join("", arguments.stream().map(a -> a + "\0").toList()));
        if (message.remaining() > MAX_BYTES) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            closeAfter(TIMEOUT.multipliedBy(2), channel);
            channel.connect(UnixDomainSocketAddress.of(socket));
            while (message.hasRemaining()) {
                channel.write(message);
            }
            channel.shutdownOutput();
            ByteBuffer reply = ByteBuffer.allocate(1);
            return channel.read(reply) == 1 && reply.get(0) == ACCEPTED;
        } catch (IOException e) {
            LOG.debug("No window replies at {}: {}", socket, e.toString());
            return false;
        }
    }

    /// Acquires the lock and listens for arguments of later processes until [#close()].
    ///
    /// @param folder the folder of this window's state
    /// @param onArguments returns whether it accepts the arguments; called on the socket's thread,
    ///   for one message at a time
    /// @return empty if another window holds the lock, or if the socket cannot be created
    public static Optional<SingleInstance> acquire(
            Path folder, Predicate<List<String>> onArguments) {
        Path socket = socket(folder);
        FileChannel lock = null;
        try {
            lock = tryLock(privateFolder(folder.resolve(FOLDER)).resolve("lock"));
            if (lock == null) {
                return Optional.empty();
            }
            Files.deleteIfExists(socket);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            SingleInstance instance = new SingleInstance(socket, lock, server);
            try {
                server.bind(UnixDomainSocketAddress.of(socket));
                Thread.ofPlatform()
                        .daemon()
                        .name("oriel-single-instance")
                        .start(() -> instance.listen(onArguments));
                return Optional.of(instance);
            } catch (IOException e) {
                instance.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException e) {
            // The window works without the socket.
            LOG.warn("Later processes cannot find this window: {}", e.toString());
            return Optional.empty();
        }
    }

    private static Path socket(Path folder) {
        return folder.resolve(FOLDER).resolve("bell");
    }

    private static Path privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        PrivateFiles.restrictFolder(folder);
        return folder;
    }

    /// @return null if another window holds it
    private static @Nullable FileChannel tryLock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = null;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Another window in this process holds it.
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        return held == null ? null : channel;
    }

    private void listen(Predicate<List<String>> onArguments) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                closeAfter(TIMEOUT, client);
                receive(client, onArguments);
            } catch (AsynchronousCloseException e) {
                LOG.debug("The client timed out, or the window is closing", e);
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.warn("Cannot receive arguments: {}", e.toString());
            }
        }
    }

    private static void receive(SocketChannel client, Predicate<List<String>> onArguments)
            throws IOException {
        ByteBuffer message = ByteBuffer.allocate(MAX_BYTES + 1);
        while (message.hasRemaining() && client.read(message) >= 0) {
            // Read until the end of the message or its maximum length.
        }
        boolean accepted =
                message.hasRemaining()
                        && parseArguments(message.flip()).filter(onArguments).isPresent();
        client.write(ByteBuffer.wrap(new byte[] {accepted ? ACCEPTED : 0}));
    }

    /// @return empty if the last argument is not terminated
    private static Optional<List<String>> parseArguments(ByteBuffer message) {
        String text = StandardCharsets.UTF_8.decode(message).toString();
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        return text.endsWith("\0")
                ? Optional.of(List.of(text.substring(0, text.length() - 1).split("\0", -1)))
                : Optional.empty();
    }

    private static void closeAfter(Duration timeout, Channel channel) {
        CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    try {
                        channel.close();
                    } catch (IOException e) {
                        LOG.debug("Cannot close a timed-out channel", e);
                    }
                });
    }

    /// Releases the lock. The next process opens its own window.
    @Override
    public void close() throws IOException {
        try (lock;
                server) {
            Files.deleteIfExists(socket);
        }
    }
}
