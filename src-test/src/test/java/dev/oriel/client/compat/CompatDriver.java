package dev.oriel.client.compat;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;

import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.RecordingFeedListener;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.compat.protocol.EnhancedAdapter;
import dev.oriel.client.compat.protocol.ManagerAdapter;
import dev.oriel.client.compat.protocol.OneshotAdapter;
import dev.oriel.client.compat.protocol.ProtocolAdapter;
import dev.oriel.client.compat.protocol.RelayAdapter;
import dev.oriel.client.link.FakeNetwork;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.message.UserMessages;
import java.net.URI;
import java.util.UUID;

/// A client of a server of another kind, with a feed listener; the test is its network, its lane
/// and its clock.
final class CompatDriver {
    final FakeNetwork network = new FakeNetwork();
    final PromptOutbox outbox = PromptOutbox.inMemory();
    final RecordingFeedListener feed = new RecordingFeedListener();
    final RecordingSessionListener listener = new RecordingSessionListener();
    final CompatConnection<?> connection;
    final CompatCommands commands;
    private final ServerKind kind;

    CompatDriver(ServerKind kind) {
        this.kind = kind;
        ProtocolAdapter<?> adapter =
                switch (kind) {
                    case ENHANCED -> new EnhancedAdapter();
                    case RELAY -> new RelayAdapter();
                    case ONESHOT -> new OneshotAdapter();
                    case MANAGER -> new ManagerAdapter();
                    case NATIVE -> throw new IllegalArgumentException();
                };
        connection =
                new CompatConnection<>(
                        kind,
                        adapter,
                        new ServerAddress(URI.create("http://host:1/ws")),
                        outbox,
                        network.context(() -> "", kind.reconnectPolicy()));
        commands = new CompatCommands(kind, adapter.canChangeMode(), connection);
        commands.subscribeFeed(feed);
    }

    /// Opens the connection and lets the server accept it. A manager has the session `s`.
    FakeWebSocket accept() {
        FakeWebSocket socket = network.accept();
        receive(
                socket,
                switch (kind) {
                    case ENHANCED -> "{'type':'connection_established','data':{}}";
                    case RELAY -> "{'type':'connected'}";
                    case ONESHOT -> "{'info':'send {prompt,meta}'}";
                    case MANAGER ->
                            "{'type':'sessions_list','sessions':[{'id':'s','status':'idle'}]}";
                    case NATIVE -> throw new IllegalStateException();
                });
        socket.sent.clear();
        return socket;
    }

    /// @param frames as JSON with single quotes
    void receive(FakeWebSocket socket, String... frames) {
        for (String loose : frames) {
            network.receive(socket, frame(loose));
        }
    }

    /// Subscribes to the only session, or to the session `s` of a manager.
    ///
    /// @return its id
    String open() {
        String id =
                kind == ServerKind.MANAGER
                        ? "s"
                        : commands.createSession(NewSessionRequest.DEFAULTS).join().id();
        commands.subscribe(id, new SessionSubscriber(0, listener));
        return id;
    }

    void submit(String id, String text) {
        outbox.add(id, UserMessages.prompt(UUID.randomUUID(), text)).toCompletableFuture().join();
        commands.sendPending(id);
        network.lane.runAll();
    }
}
