package dev.oriel.dialect.relay;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.SerialExecutor;
import dev.oriel.dialect.TextFrames;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.event.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client of the relay, the active one or one that is turned away.
final class RelayConnection implements DialectConnection {
    private static final int NORMAL = 1000;
    private static final String TAKEN = "Server already has an active connection";

    private final Relay relay;
    private final Peer peer;
    private final boolean active;
    private final SerialExecutor tasks = new SerialExecutor("relay");
    private @Nullable Subscribed listening; // only in tasks
    private volatile boolean closed;

    /// A conversation that this client listens to.
    private record Subscribed(RelayConversation conversation, RelaySubscriber subscriber) {}

    RelayConnection(Relay relay, Peer peer) {
        this.relay = relay;
        this.peer = peer;
        this.active = relay.tryActivate(this);
        if (active) {
            send(RelayFrames.CONNECTED);
            tasks.post(() -> {
                RelayConversation current = relay.currentConversation();
                if (current != null) {
                    subscribe(current);
                }
            });
        } else {
            send(RelayFrames.error(TAKEN));
            peer.close(NORMAL, "");
        }
    }

    @Override
    public void onText(String text) {
        if (!active) {
            return;
        }
        switch (RelayClientFrame.parse(text)) {
            case RelayClientFrame.Prompt(Message user) -> tasks.post(() -> prompt(user));
            case RelayClientFrame.Interrupt() -> tasks.post(this::interrupt);
            case RelayClientFrame.Refused(String error) ->
                    // In its place among the answers to other frames.
                    tasks.post(() -> send(RelayFrames.error(error)));
            case RelayClientFrame.Unknown() -> {
                // As the original, which lets newer clients say more than it knows.
            }
        }
    }

    @Override
    public void onBinary(int bytes) {
        if (active) {
            tasks.post(() ->
                    send(
                            RelayFrames.error(
                                    "Invalid message format: binary frames are not understood")));
        }
    }

    @Override
    public void onClosed() {
        closed = true;
        if (active) {
            tasks.post(this::unsubscribe);
            relay.release(this);
        }
    }

    private void prompt(Message user) {
        try {
            Subscribed now =
                    listening == null
                            ? subscribe(relay.startConversation(this::sendInfo))
                            : listening;
            now.subscriber().retelling.onPromptSent();
            now.conversation()
                    .session()
                    .prompt(now.subscriber(), user, now.conversation().setting());
        } catch (BadRequestException e) {
            send(RelayFrames.error("Invalid configuration: " + e.getMessage()));
        } catch (JournalException e) {
            send(RelayFrames.error(e.getMessage()));
        }
    }

    private void sendInfo(String notice) {
        send(RelayFrames.info(notice + "\n"));
    }

    /// Without an answer of its own: what the agent says tells that it has stopped.
    private void interrupt() {
        Subscribed now = listening;
        if (now != null) {
            var request = Json.object().put("type", "control_request").put("request_id", "relay");
            request.putObject("request").put("subtype", "interrupt");
            now.conversation().session().request(now.subscriber(), Message.of(request));
        }
    }

    private Subscribed subscribe(RelayConversation conversation) {
        var ear =
                new RelaySubscriber(
                        new RelayFrameMapper(
                                new RelayConfig(conversation.config()).wantsPartialMessages()));
        var now = new Subscribed(conversation, ear);
        listening = now;
        if (!closed) {
            peer.describe("relay, session " + conversation.session().id());
            conversation.session().subscribe(ear, null);
        }
        return now;
    }

    private void unsubscribe() {
        Subscribed now = listening;
        listening = null;
        if (now != null) {
            now.conversation().session().unsubscribe(now.subscriber());
        }
    }

    private void send(byte[] frame) {
        peer.send(new TextFrames(List.of(frame)));
    }

    /// Hears the session for this client. It has no frame in which a person could be asked.
    private final class RelaySubscriber extends PeerSubscriber {
        private final RelayFrameMapper retelling;

        RelaySubscriber(RelayFrameMapper retelling) {
            super(RelayConnection.this.peer);
            this.retelling = retelling;
        }

        @Override
        protected void sendAll(List<Delivery> deliveries) {
            List<byte[]> frames = retelling.toFrames(deliveries);
            if (!frames.isEmpty()) {
                peer.send(new TextFrames(frames));
            }
        }

        @Override
        public void onDeleted() {
            tasks.post(() -> {
                listening = null;
                RelayConnection.this.send(
                        RelayFrames.error(
                                "The conversation was deleted. The next message begins a new"
                                        + " one."));
            });
        }

        @Override
        public boolean answersAsks() {
            return false;
        }
    }
}
