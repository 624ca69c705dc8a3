package dev.oriel.app.connection;

import dev.oriel.app.server.WindowConnection;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.UnsupportedFeatures;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.Capability;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.FrameLog;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.TokenSource;
import dev.oriel.platform.FutureFailures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The window's connection to a server: its client and the subscription to its feed. Belongs to the
/// JavaFX thread.
public final class ServerConnection implements WindowConnection, AutoCloseable {
    /// Creates the client of a server.
    @FunctionalInterface
    public interface ClientFactory {
        /// Returns at once; proxy and certificates may have to be read from files.
        ///
        /// @return fails with [dev.oriel.client.transport.TransportException] if proxy or
        ///   certificates cannot be used
        CompletableFuture<ServerClient> create(ConnectionTarget server, TokenSource token);
    }

    /// Receives what a server has.
    @FunctionalInterface
    public interface AgentsListener {
        /// The server reported its agents, after the page of a new session got them.
        void onAgents(List<AgentInfo> agents);

        /// The window turned to another server.
        default void onOtherServer() {}
    }

    private final ClientFactory clients;
    private final ShellViewModel shell;
    private final SessionNavigator sessions;
    private final Executor fx;

    private AgentsListener agentsListener = _ -> {};
    private @Nullable ServerClient client;
    private @Nullable FeedSubscription feed;

    /// Whether the next server is the one that [#expect] announced.
    private boolean announced;

    /// Counts the servers that the window turned to; a client that was created for an earlier one
    /// is closed.
    private long generation;

    public ServerConnection(
            ClientFactory clients, ShellViewModel shell, SessionNavigator sessions, Executor fx) {
        this.clients = clients;
        this.shell = shell;
        this.sessions = sessions;
        this.fx = fx;
    }

    public void setAgentsListener(AgentsListener listener) {
        agentsListener = listener;
    }

    @Override
    public void expect() {
        if (client == null) {
            announced = true;
            sessions.expectClient();
        }
    }

    @Override
    public void connect(ConnectionTarget server, TokenSource token) {
        reset(server.kind(), announced);
        sessions.expectClient();
        long mine = generation;
        clients.create(server, token)
                .whenCompleteAsync(
                        (created, failure) -> {
                            if (failure == null) {
                                subscribe(mine, created);
                            } else if (mine == generation) {
                                String cause = FutureFailures.message(failure);
                                sessions.clearClient(cause);
                                shell.setOffline(cause, ConnectionStatus.Reason.LOST);
                                shell.toasts().error(cause);
                            }
                        },
                        fx);
    }

    @Override
    public void switchTo(ServerClient server) {
        reset(server.kind(), false);
        subscribe(generation, server);
    }

    @Override
    public void disconnect(String cause) {
        leave();
        sessions.clearClient(cause);
        shell.setOffline(cause, ConnectionStatus.Reason.CLOSED);
    }

    private void subscribe(long mine, ServerClient to) {
        if (mine == generation) {
            client = to;
            sessions.setClient(to);
            feed = to.subscribeFeed(new FeedEvents(to));
        } else {
            to.close();
        }
    }

    /// Leaves the last server, and gets ready for one of this kind.
    ///
    /// @param expected whether prompts that wait for a server are for this one
    private void reset(ServerKind kind, boolean expected) {
        leave();
        if (!expected) {
            sessions.clearClient(
                    "The window turned to another server before your message was sent.");
        }
        sessions.reset();
        agentsListener.onOtherServer();
        // Until the new server reports its status, that of the last one must not be shown.
        shell.updateFeedStatus(new ConnectionStatus.Connecting());
        shell.setUnsupported(UnsupportedFeatures.from(kind));
        if (!kind.supports(Capability.MEMORY)) {
            shell.toasts().info("This server remembers nothing: each prompt stands alone.");
        }
    }

    /// Checks an idle connection, and retries a lost one at once; for a moment at which that is
    /// likely to help, such as the window getting the focus.
    public void checkConnection() {
        if (client != null) {
            client.checkConnections();
        }
    }

    /// Closes the connection, if there is one.
    @Override
    public void close() {
        leave();
        sessions.clearClient("The connection was closed before your message was sent.");
    }

    private void leave() {
        generation++;
        announced = false;
        sessions.leaveClient();
        if (feed != null) {
            feed.close();
            feed = null;
        }
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /// Whether the server is on another computer, as far as its address tells.
    public boolean isRemote() {
        return client != null && !client.address().isLoopback();
    }

    /// The client of the server; null if there is none.
    public @Nullable ServerClient client() {
        return client;
    }

    /// See [ServerClient#maxMessageBytes].
    public long maxMessageBytes() {
        return client == null ? 0 : client.maxMessageBytes();
    }

    /// The frames of the current connection; null if there is none.
    public @Nullable FrameLog frameLog() {
        return client == null ? null : client.frameLog();
    }

    @Override
    public void reconnect() {
        if (feed != null) {
            feed.reconnect();
        }
        OpenSession session = shell.openSession();
        if (session != null) {
            session.reconnect();
        }
    }

    /// Asks the server which agents it has, and shows them on the page of a new session.
    public void loadAgents() {
        if (client != null) {
            client.agents()
                    .whenCompleteAsync(
                            (agents, failure) -> {
                                if (failure == null) {
                                    shell.draft().updateAgents(agents);
                                    agentsListener.onAgents(agents);
                                } else {
                                    shell.toasts()
                                            .error(
                                                    "The server's agents are not known: "
                                                            + FutureFailures.message(failure));
                                }
                            },
                            fx);
        }
    }

    /// Passes the feed of a client to the JavaFX thread as long as that client is in use.
    private final class FeedEvents implements FeedListener {
        private final ServerClient from;

        FeedEvents(ServerClient from) {
            this.from = from;
        }

        private void post(Runnable event) {
            fx.execute(() -> {
                if (from.equals(client)) {
                    event.run();
                }
            });
        }

        @Override
        public void onStatus(ConnectionStatus status) {
            post(() -> {
                shell.updateFeedStatus(status);
                if (status instanceof ConnectionStatus.Live) {
                    loadAgents();
                }
            });
        }

        @Override
        public void onSessions(List<SessionInfo> all) {
            post(() -> sessions.onSessions(all));
        }

        @Override
        public void onSession(SessionInfo changed) {
            post(() -> sessions.onSession(changed));
        }

        @Override
        public void onSessionRemoved(String id) {
            post(() -> sessions.onSessionRemoved(id));
        }
    }
}
