package dev.oriel.gateway;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.sessions.SessionsDialect;
import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SqliteJournal;
import dev.oriel.session.Sessions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/// The server: a journal, its sessions, and a port through which clients reach them.
///
/// **Life.** [#start] returns when it listens; [#close()] returns when every agent has ended, every
/// client was told and the journal is closed. It is not started again.
///
/// **Threads.** Every method may be called from any thread; the two above take a moment and are not
/// for the FX thread.
public final class EmbeddedServer implements AutoCloseable {
    /// Close code for a client that did not read (`PROTOCOL.md`).
    static final int CLOSE_STUCK = 4008;

    private static final int SHUT_MILLIS = 500;

    private final ServerConfig config;
    private final Token token;
    private final Journal journal;
    private final Sessions sessions;
    private final ScheduledExecutorService timer;
    private final Listener listener;
    private final int port;

    private EmbeddedServer(
            ServerConfig config,
            Token token,
            Journal journal,
            Sessions sessions,
            ScheduledExecutorService timer,
            Listener listener,
            int port) {
        this.config = config;
        this.token = token;
        this.journal = journal;
        this.sessions = sessions;
        this.timer = timer;
        this.listener = listener;
        this.port = port;
    }

    /// Starts a server.
    ///
    /// @throws ServerException if it cannot: a taken port, an unreadable folder, an open server
    ///   without a token
    public static EmbeddedServer start(ServerConfig config) throws ServerException {
        InetAddress address = address(config);
        if (!config.needsToken() && !address.isLoopbackAddress()) {
            throw new ServerException(
                    "Without a token the server may only listen on loopback. Use --auth token, or"
                            + " --host 127.0.0.1.");
        }
        makeFolder(config.dataDir());
        Token token = Token.in(config.tokenFile());
        Journal journal = open(config.dataDir());
        try {
            return listen(config, new InetSocketAddress(address, config.port()), token, journal);
        } catch (ServerException e) {
            journal.close();
            throw e;
        }
    }

    private static EmbeddedServer listen(
            ServerConfig config, InetSocketAddress address, Token token, Journal journal)
            throws ServerException {
        Sessions sessions;
        try {
            sessions =
                    new Sessions(journal, config.agents(), config.policy(), InstantSource.system());
        } catch (JournalException e) {
            throw new ServerException(e.getMessage(), e);
        }
        ScheduledExecutorService timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().daemon().name("gateway-timer").factory(),
                        // What a last client wants later is of no use once the server is down.
                        new ThreadPoolExecutor.DiscardPolicy());
        List<Dialect> dialects =
                List.of(
                        new SessionsDialect(
                                sessions,
                                journal,
                                token,
                                timer,
                                config.limits().handshakeWithin()));
        var listener = new Listener(address, config, dialects, token, timer, sessions);
        try {
            int port = listener.listen().get();
            return new EmbeddedServer(config, token, journal, sessions, timer, listener, port);
        } catch (ExecutionException e) {
            sessions.close();
            timer.shutdownNow();
            throw new ServerException(
                    e.getCause() instanceof BindException
                            ? "Port %d is taken or not allowed. Choose another with --port, or 0 for any."
                                    .formatted(config.port())
                            : "The server cannot listen on %s.".formatted(config.host()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sessions.close();
            timer.shutdownNow();
            throw new ServerException("The start was interrupted.", e);
        }
    }

    private static InetAddress address(ServerConfig config) throws ServerException {
        try {
            return InetAddress.getByName(config.host());
        } catch (UnknownHostException e) {
            throw new ServerException(
                    "The host “%s” is not known. Use an address of this machine."
                            .formatted(config.host()),
                    e);
        }
    }

    private static void makeFolder(Path dataDir) throws ServerException {
        try {
            if (Files.isDirectory(dataDir)) {
                return;
            }
            boolean posix = dataDir.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) {
                Files.createDirectories(
                        dataDir,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(dataDir);
            }
        } catch (IOException e) {
            throw new ServerException(
                    "The data folder cannot be made. Choose another with --data.", e);
        }
    }

    private static Journal open(Path dataDir) throws ServerException {
        try {
            return SqliteJournal.open(dataDir.resolve("oriel.db"));
        } catch (JournalException e) {
            throw new ServerException(e.getMessage(), e);
        }
    }

    /// Where clients find it, `http://HOST:PORT`.
    public String url() {
        String host = config.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /// The port that it listens on, also if 0 was asked for.
    public int port() {
        return port;
    }

    /// What lets clients in. Not for logs.
    public String token() {
        return token.value();
    }

    /// Who is connected now.
    public List<ConnectedClient> clients() {
        return listener.clients();
    }

    @Override
    public void close() {
        try {
            sessions.close();
            listener.shut(SHUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        journal.close();
    }
}
