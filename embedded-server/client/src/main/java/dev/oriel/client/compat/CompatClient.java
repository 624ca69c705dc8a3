package dev.oriel.client.compat;

import dev.oriel.client.AgentInfo;
import dev.oriel.client.ClientException;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.FrameLog;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptLines;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.TokenSource;
import dev.oriel.client.compat.protocol.EnhancedAdapter;
import dev.oriel.client.compat.protocol.ManagerAdapter;
import dev.oriel.client.compat.protocol.OneshotAdapter;
import dev.oriel.client.compat.protocol.ProtocolAdapter;
import dev.oriel.client.compat.protocol.RelayAdapter;
import dev.oriel.client.link.ClientLane;
import dev.oriel.client.link.ClientRuntime;
import dev.oriel.client.link.LinkContext;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.find.TextQuery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/// A client of a server that does not speak Oriel's own wire: one socket, one [ProtocolAdapter].
/// What such a server does not keep (history, pending prompts) is kept here, as long as the client
/// lives.
public final class CompatClient implements ServerClient {
    private final ServerKind kind;
    private final ServerAddress server;
    private final LinkContext context;
    private final ClientLane lane;
    private final CompatConnection<?> connection;
    private final CompatCommands commands;
    private final Runnable onClose;

    /// @param onClose ends the threads; called after the connection was closed
    CompatClient(
            ServerKind kind,
            ServerAddress server,
            PromptOutbox outbox,
            LinkContext context,
            Runnable onClose) {
        ProtocolAdapter<?> adapter =
                switch (kind) {
                    case ENHANCED -> new EnhancedAdapter();
                    case RELAY -> new RelayAdapter();
                    case ONESHOT -> new OneshotAdapter();
                    case MANAGER -> new ManagerAdapter();
                    case NATIVE -> throw new IllegalArgumentException("not of another kind");
                };
        this.kind = kind;
        this.server = server;
        this.context = context;
        this.lane = context.lane();
        this.connection = new CompatConnection<>(kind, adapter, server, outbox, context);
        this.commands = new CompatCommands(kind, adapter.canChangeMode(), connection);
        this.onClose = onClose;
    }

    /// Creates a client. It connects with the first subscription.
    ///
    /// @param kind any but [ServerKind#NATIVE]
    /// @throws IllegalArgumentException for [ServerKind#NATIVE]
    public static CompatClient create(
            ServerKind kind,
            ServerAddress server,
            TokenSource token,
            ReconnectPolicy policy,
            PromptOutbox outbox,
            Transport transport) {
        ClientRuntime runtime = new ClientRuntime(token, policy, transport);
        return new CompatClient(kind, server, outbox, runtime.context(), runtime::close);
    }

    @Override
    public ServerAddress address() {
        return server;
    }

    @Override
    public ServerKind kind() {
        return kind;
    }

    @Override
    public FrameLog frameLog() {
        return context.log();
    }

    private static <T> CompletableFuture<T> unsupported(String sentence) {
        return CompletableFuture.failedFuture(new ClientException(ErrorCode.UNSUPPORTED, sentence));
    }

    @Override
    public CompletableFuture<SessionInfo> createSession(NewSessionRequest session) {
        return LaneFutures.call(lane, () -> commands.createSession(session));
    }

    @Override
    public CompletableFuture<SessionInfo> renameSession(String id, String title) {
        return unsupported("This server keeps no titles.");
    }

    @Override
    public CompletableFuture<SessionInfo> pinSession(String id, boolean pinned) {
        return unsupported("This server cannot pin sessions.");
    }

    @Override
    public CompletableFuture<Void> deleteSession(String id) {
        return LaneFutures.call(lane, () -> commands.deleteSession(id));
    }

    @Override
    public CompletableFuture<List<AgentInfo>> agents() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<List<SearchHit>> search(String words, int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<FoundMessages> find(
            String id, TextQuery query, long before, long after) {
        return keptSearch(id)
                .thenApplyAsync(
                        search -> search.find(query, before, after), ForkJoinPool.commonPool());
    }

    @Override
    public CompletableFuture<PromptLines> prompts(String id, long before) {
        return keptSearch(id)
                .thenApplyAsync(search -> search.prompts(before), ForkJoinPool.commonPool());
    }

    private CompletableFuture<KeptSearch> keptSearch(String id) {
        return LaneFutures.call(
                lane,
                () -> {
                    CompatSession session = connection.sessions().find(id);
                    MessageHistory history =
                            session == null ? new MessageHistory() : session.history();
                    return CompletableFuture.completedFuture(new KeptSearch(history));
                });
    }

    @Override
    public CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit) {
        return page(id, history -> history.before(seq, limit));
    }

    @Override
    public CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit) {
        return page(id, history -> history.after(seq, limit));
    }

    private CompletableFuture<HistoryPage> page(
            String id, Function<MessageHistory, HistoryPage> read) {
        return LaneFutures.call(
                lane,
                () -> {
                    CompatSession session = connection.sessions().find(id);
                    return CompletableFuture.completedFuture(
                            session == null
                                    ? new HistoryPage(List.of(), false)
                                    : read.apply(session.history()));
                });
    }

    @Override
    public FeedSubscription subscribeFeed(FeedListener listener) {
        lane.execute(() -> commands.subscribeFeed(listener));
        return new FeedSubscription() {
            @Override
            public void reconnect() {
                lane.execute(connection::reconnect);
            }

            @Override
            public void close() {
                lane.execute(() -> commands.unsubscribeFeed(listener));
            }
        };
    }

    @Override
    public SessionSubscription subscribe(String id, long after, SessionListener listener) {
        return new CompatSubscription(
                id, connection, commands, lane, new SessionSubscriber(after, listener));
    }

    @Override
    public void checkConnections() {
        connection.socket().check();
    }

    @Override
    public void close() {
        connection.socket().close();
        onClose.run();
    }
}
