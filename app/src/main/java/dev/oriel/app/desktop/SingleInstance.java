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

/// One window for one person: a further start rings at the window that runs, hands over its
/// arguments, and ends.
///
/// The bell is a Unix domain socket (Windows has them too) in a folder that only its owner can
/// enter, so nobody else can ring. Who may ring is not trusted all the same: what is handed over is
/// bounded in length and time, and read like a command line. Each argument ends in a NUL; the
/// answer is one byte.
///
/// A lock beside it says whether a window runs: it ends with the process, however that ends, so a
/// socket that was left behind is nobody's.
public final class SingleInstance implements AutoCloseable {
    private static final String FOLDER = "running";
    static final int MAX_BYTES = 4_096;
    static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final byte UNDERSTOOD = 1;
    private static final Logger LOG = LoggerFactory.getLogger(SingleInstance.class);

    private final Path socket;
    private final FileChannel lock;
    private final ServerSocketChannel server;

    private SingleInstance(Path socket, FileChannel lock, ServerSocketChannel server) {
        this.socket = socket;
        this.lock = lock;
        this.server = server;
    }

    /// Hands `words` over to the window that runs; takes a few seconds at most.
    ///
    /// @param folder where that window keeps its state
    /// @return whether there is one that took them
    public static boolean signal(Path folder, List<String> words) {
        Path bell = socket(folder);
        if (!Files.exists(bell)) {
            return false;
        }
        ByteBuffer message =
                StandardCharsets.UTF_8.encode(
                        String.join("", words.stream().map(w -> w + "\0").toList()));
        if (message.remaining() > MAX_BYTES) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            closeAfter(TIMEOUT.multipliedBy(2), channel);
            channel.connect(UnixDomainSocketAddress.of(bell));
            while (message.hasRemaining()) {
                channel.write(message);
            }
            channel.shutdownOutput();
            ByteBuffer answer = ByteBuffer.allocate(1);
            return channel.read(answer) == 1 && answer.get(0) == UNDERSTOOD;
        } catch (IOException e) {
            LOG.debug("No window answers at {}: {}", bell, e.toString());
            return false;
        }
    }

    /// Takes the place of the window that runs, and listens until it is closed.
    ///
    /// @param folder where this window keeps its state
    /// @param heard says whether it understood what was handed over; called on the bell's thread,
    ///   once for each ring, one after the other
    /// @return empty if another window has that place, or if there can be no bell here
    public static Optional<SingleInstance> acquire(Path folder, Predicate<List<String>> heard) {
        Path bell = socket(folder);
        FileChannel lock = null;
        try {
            lock = tryLock(privateFolder(folder.resolve(FOLDER)).resolve("lock"));
            if (lock == null) {
                return Optional.empty();
            }
            Files.deleteIfExists(bell);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            SingleInstance hung = new SingleInstance(bell, lock, server);
            try {
                server.bind(UnixDomainSocketAddress.of(bell));
                Thread.ofPlatform().daemon().name("oriel-doorbell").start(() -> hung.listen(heard));
                return Optional.of(hung);
            } catch (IOException e) {
                hung.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException e) {
            // The window is worth more than its bell.
            LOG.warn("A further start will not find this window: {}", e.toString());
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
            // Another window of this very process.
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        return held == null ? null : channel;
    }

    private void listen(Predicate<List<String>> heard) {
        while (server.isOpen()) {
            try (SocketChannel caller = server.accept()) {
                closeAfter(TIMEOUT, caller);
                receive(caller, heard);
            } catch (AsynchronousCloseException e) {
                LOG.debug("A caller took too long, or the window closes", e);
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.warn("Somebody rang and was not understood: {}", e.toString());
            }
        }
    }

    private static void receive(SocketChannel caller, Predicate<List<String>> heard)
            throws IOException {
        ByteBuffer message = ByteBuffer.allocate(MAX_BYTES + 1);
        while (message.hasRemaining() && caller.read(message) >= 0) {
            // Until the caller has said all, or too much.
        }
        boolean understood =
                message.hasRemaining() && parseArguments(message.flip()).filter(heard).isPresent();
        caller.write(ByteBuffer.wrap(new byte[] {understood ? UNDERSTOOD : 0}));
    }

    /// @return empty if it broke off within a word
    private static Optional<List<String>> parseArguments(ByteBuffer message) {
        String text = StandardCharsets.UTF_8.decode(message).toString();
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        return text.endsWith("\0")
                ? Optional.of(List.of(text.substring(0, text.length() - 1).split("\0", -1)))
                : Optional.empty();
    }

    private static void closeAfter(Duration patience, Channel channel) {
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    try {
                        channel.close();
                    } catch (IOException e) {
                        LOG.debug("It was closed already", e);
                    }
                });
    }

    /// The window closes: a further start is a window of its own.
    @Override
    public void close() throws IOException {
        try (lock;
                server) {
            Files.deleteIfExists(socket);
        }
    }
}
