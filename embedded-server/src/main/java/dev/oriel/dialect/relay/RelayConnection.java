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

/// One client of the relay: the active one, or one that is rejected because there is an active one.
final class RelayConnection implements DialectConnection {
    private static final int NORMAL = 1000;
    private static final String TAKEN = "Server already has an active connection";

    private final Relay relay;
    private final Peer peer;
    private final boolean active;
    private final SerialExecutor tasks = new SerialExecutor("relay");
    private State state = new State.Unsubscribed(); // confined to tasks

    /// The life cycle of an active connection.
    private sealed interface State {
        /// There is no conversation yet. The next message starts one.
        record Unsubscribed() implements State {}

        record Subscribed(RelayConversation conversation, RelaySubscriber subscriber)
                implements State {}

        record Closed() implements State {}
    }

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
                    // In order with the responses to other frames.
                    tasks.post(() -> send(RelayFrames.error(error)));
            case RelayClientFrame.Unknown() -> {
                // Ignored, as in the original: newer clients can send more.
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
        if (active) {
            tasks.post(() -> {
                if (state instanceof State.Subscribed(var conversation, var subscriber)) {
                    conversation.session().unsubscribe(subscriber);
                }
                state = new State.Closed();
            });
            relay.release(this);
        }
    }

    private void prompt(Message user) {
        try {
            State.Subscribed now =
                    state instanceof State.Subscribed subscribed
                            ? subscribed
                            : subscribe(relay.startConversation(this::sendInfo));
            now.subscriber().mapper.onPromptSent();
            now.conversation()
                    .session()
                    .prompt(now.subscriber(), user, now.conversation().settings());
        } catch (BadRequestException e) {
            send(RelayFrames.error("Invalid configuration: " + e.getMessage()));
        } catch (JournalException e) {
            send(RelayFrames.error(e.getMessage()));
        }
    }

    private void sendInfo(String notice) {
        send(RelayFrames.info(notice + "\n"));
    }

    /// Has no response: the agent's messages show that it has stopped.
    private void interrupt() {
        if (state instanceof State.Subscribed(var conversation, var subscriber)) {
            var request = Json.object().put("type", "control_request").put("request_id", "relay");
            request.putObject("request").put("subtype", "interrupt");
            conversation.session().request(subscriber, Message.of(request));
        }
    }

    private State.Subscribed subscribe(RelayConversation conversation) {
        var config = new RelayConfig(conversation.config());
        var subscriber = new RelaySubscriber(new RelayFrameMapper(config.wantsPartialMessages()));
        var now = new State.Subscribed(conversation, subscriber);
        state = now;
        peer.describe("relay, session " + conversation.session().id());
        conversation.session().subscribe(subscriber, null);
        return now;
    }

    private void onConversationDeleted(RelaySubscriber from) {
        if (state instanceof State.Subscribed(var _, var subscriber) && subscriber.equals(from)) {
            state = new State.Unsubscribed();
            send(
                    RelayFrames.error(
                            "The conversation was deleted. The next message begins a new one."));
        }
    }

    private void send(byte[] frame) {
        peer.send(new TextFrames(List.of(frame)));
    }

    /// Receives the session's events for this client. The protocol has no frame for asks.
    private final class RelaySubscriber extends PeerSubscriber {
        private final RelayFrameMapper mapper;

        RelaySubscriber(RelayFrameMapper mapper) {
            super(RelayConnection.this.peer);
            this.mapper = mapper;
        }

        @Override
        protected void sendAll(List<Delivery> deliveries) {
            List<byte[]> frames = mapper.toFrames(deliveries);
            if (!frames.isEmpty()) {
                peer.send(new TextFrames(frames));
            }
        }

        @Override
        public void onDeleted() {
            tasks.post(() -> onConversationDeleted(this));
        }

        @Override
        public boolean answersAsks() {
            return false;
        }
    }
}
