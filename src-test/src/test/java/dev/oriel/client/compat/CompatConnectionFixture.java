package dev.oriel.client.compat;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;

import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.RecordingFeedListener;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.compat.protocol.ManagerAdapter;
import dev.oriel.client.compat.protocol.ProtocolAdapter;
import dev.oriel.client.compat.protocol.RelayAdapter;
import dev.oriel.client.link.FakeNetwork;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.message.UserMessages;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A connection to a server of another kind, on a network that the test drives.
abstract class CompatConnectionFixture {
    final FakeNetwork network = new FakeNetwork();
    final PromptOutbox outbox = PromptOutbox.inMemory();
    final RecordingFeedListener feed = new RecordingFeedListener();
    final RecordingSessionListener listener = new RecordingSessionListener();

    /// Of the last connection that was made.
    @Nullable CompatSessions sessions;

    Runnable reconnect = () -> {};

    <S> CompatCommands connect(ServerKind kind, ProtocolAdapter<S> adapter) {
        CompatConnection<S> connection =
                new CompatConnection<>(
                        kind,
                        adapter,
                        new ServerAddress(URI.create("http://host:1/ws")),
                        outbox,
                        network.context(() -> "", kind.reconnectPolicy()));
        sessions = connection.sessions();
        reconnect = connection::reconnect;
        CompatCommands commands = new CompatCommands(kind, adapter.canChangeMode(), connection);
        commands.subscribeFeed(feed);
        return commands;
    }

    CompatCommands relay() {
        return connect(ServerKind.RELAY, new RelayAdapter());
    }

    CompatCommands manager() {
        return connect(ServerKind.MANAGER, new ManagerAdapter());
    }

    FakeWebSocket acceptRelay() {
        FakeWebSocket socket = network.accept();
        network.receive(socket, frame("{'type':'connected'}"));
        return socket;
    }

    FakeWebSocket acceptManager() {
        FakeWebSocket socket = network.accept();
        network.receive(
                socket, frame("{'type':'sessions_list','sessions':[{'id':'s','status':'idle'}]}"));
        socket.sent.clear();
        return socket;
    }

    String open(CompatCommands commands) {
        String id = commands.createSession(NewSessionRequest.DEFAULTS).join().id();
        commands.subscribe(id, new SessionSubscriber(0, listener));
        return id;
    }

    void submit(CompatCommands commands, String id, String text) throws Exception {
        outbox.add(id, UserMessages.prompt(UUID.randomUUID(), text));
        commands.sendPending(id);
        network.lane.runAll();
    }

    static String relayed(String message) {
        return frame("{'type':'sdk_message','data':" + message + "}");
    }
}
