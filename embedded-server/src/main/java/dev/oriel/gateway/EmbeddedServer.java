package dev.oriel.gateway;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.platform.DaemonTimer;
import dev.oriel.platform.FileRights;
import dev.oriel.platform.PrivateFiles;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.trust.TrustedFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/// The server: a journal, its sessions, and the ports on which clients reach them.
///
/// **Life cycle.** [#start] returns when the server listens; [#close()] returns when every agent
/// has ended, every client has been notified and the journal is closed. A server is not started
/// again.
///
/// **Threads.** Every method may be called from any thread; the two above block and are not for the
/// JavaFX thread.
public final class EmbeddedServer implements AutoCloseable {
    private final AccessToken token;
    private final Journal journal;
    private final Sessions sessions;
    private final ScheduledExecutorService timer;
    private final ServerPorts ports;
    private final SelfCheck selfCheck;

    private EmbeddedServer(
            AccessToken token,
            Journal journal,
            Sessions sessions,
            ScheduledExecutorService timer,
            ServerPorts ports) {
        this.token = token;
        this.journal = journal;
        this.sessions = sessions;
        this.timer = timer;
        this.ports = ports;
        this.selfCheck = SelfCheck.start(ports.all());
    }

    /// Starts a server.
    ///
    /// @throws ServerStartException if it cannot be started: a port is in use, a folder cannot be
    ///   read, or it would be open to other computers without a token
    public static EmbeddedServer start(ServerConfig config) throws ServerStartException {
        checkAddress(config, config.host());
        for (DialectPort at : config.dialectPorts()) {
            checkAddress(config, at.host());
        }
        makeFolder(config.dataDir());
        AccessToken token = AccessToken.loadOrCreate(config.access().tokenFile());
        Journal journal = open(config.dataDir());
        try {
            return listen(config, token, journal);
        } catch (ServerStartException e) {
            journal.close();
            throw e;
        }
    }

    private static EmbeddedServer listen(ServerConfig config, AccessToken token, Journal journal)
            throws ServerStartException {
        Sessions sessions;
        try {
            sessions =
                    new Sessions(
                            journal,
                            config.agents(),
                            config.policy(),
                            InstantSource.system(),
                            TrustedFolders.in(config.dataDir().resolve("trusted-folders.json")));
        } catch (JournalException e) {
            throw new ServerStartException(e.getMessage(), e);
        }
        ScheduledExecutorService timer = DaemonTimer.create("gateway-timer");
        try {
            ServerPorts ports = ServerPorts.open(config, sessions, journal, token, timer);
            return new EmbeddedServer(token, journal, sessions, timer, ports);
        } catch (ServerStartException e) {
            sessions.close();
            timer.shutdownNow();
            throw e;
        }
    }

    private static void checkAddress(ServerConfig config, String host) throws ServerStartException {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isAnyLocalAddress()
                    && NetworkInterface.getByInetAddress(address) == null) {
                throw new ServerStartException(
                        "The host “%s” is not an address of this machine.".formatted(host));
            }
            if (!config.access().needsToken() && !address.isLoopbackAddress()) {
                throw new ServerStartException(
                        "Without a token the server may only listen on loopback. Use --auth token,"
                                + " or --host 127.0.0.1.");
            }
        } catch (UnknownHostException e) {
            throw new ServerStartException(
                    "The host “%s” is not known. Use an address of this machine.".formatted(host),
                    e);
        } catch (SocketException e) {
            throw new ServerStartException("The addresses of this machine cannot be read.", e);
        }
    }

    private static void makeFolder(Path dataDir) throws ServerStartException {
        try {
            if (Files.isDirectory(dataDir)) {
                if (FileRights.of(dataDir).writableByEveryone()) {
                    throw new ServerStartException(
                            "Every user of this computer can write to the data folder %s, and so"
                                            .formatted(dataDir)
                                    + " read the sessions and change what is allowed. Run chmod"
                                    + " o-w on it, or choose another with --data.");
                }
                return;
            }
            PrivateFiles.createFolders(dataDir);
        } catch (IOException e) {
            throw new ServerStartException(
                    "The data folder cannot be created. Choose another with --data.", e);
        }
    }

    private static Journal open(Path dataDir) throws ServerStartException {
        try {
            return SqliteJournal.open(dataDir.resolve("oriel.db"));
        } catch (JournalException e) {
            throw new ServerStartException(e.getMessage(), e);
        }
    }

    /// The URL of the main port, `http://HOST:PORT`.
    public String url() {
        return ports.urls().getFirst();
    }

    /// The URL of each port, the main one first, the others in the order of
    /// [ServerConfig#dialectPorts()].
    public List<String> urls() {
        return ports.urls();
    }

    /// The main port, also if 0 was configured.
    public int port() {
        return ports.mainPort();
    }

    /// The secret that authenticates clients. Not for logs.
    public String token() {
        return token.value();
    }

    /// The sessions in which an agent is working.
    public List<SessionView> workingSessions() {
        return sessions.list().stream().filter(s -> s.state().currentTurn().isPresent()).toList();
    }

    /// The clients that are connected, on any port.
    public List<ConnectedClient> clients() {
        return ports.clients();
    }

    /// Adds a listener that is notified whether the ports respond.
    public void addHealthListener(PortHealthListener watch) {
        selfCheck.addListener(watch);
    }

    @Override
    public void close() {
        selfCheck.close();
        try {
            sessions.close();
            ports.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        journal.close();
    }
}
