package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.SerialExecutor;
import dev.oriel.dialect.TextFrames;
import dev.oriel.dialect.relay.RelayState.Trigger;
import dev.oriel.journal.JournalException;
import dev.oriel.message.CloseCode;
import dev.oriel.message.ControlMessages;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.event.Delivery;
import java.util.List;

/// One client of the relay: the active one, or one that is rejected because there is an active one.
final class RelayConnection implements DialectConnection {
    private static final String TAKEN = "Server already has an active connection";

    private final Relay relay;
    private final Peer peer;
    private final SerialExecutor tasks = new SerialExecutor("relay");
    private RelayState<Subscription> state; // confined to tasks

    private record Subscription(RelayConversation conversation, RelaySubscriber subscriber) {}

    RelayConnection(Relay relay, Peer peer) {
        this.relay = relay;
        this.peer = peer;
        if (relay.tryActivate(this)) {
            state = new RelayState.Unsubscribed<>();
            send(RelayFrames.CONNECTED);
            tasks.post(() -> {
                RelayConversation current = relay.currentConversation();
                if (current != null) {
                    subscribe(current);
                }
            });
        } else {
            state = new RelayState.Rejected<>();
            send(RelayFrames.error(TAKEN));
            peer.close(CloseCode.NORMAL, "");
        }
    }

    @Override
    public void onText(String text) {
        RelayClientFrame frame = RelayClientFrame.parse(text);
        postIfActive(() -> {
            switch (frame) {
                case RelayClientFrame.Prompt(Message user) -> prompt(user);
                case RelayClientFrame.Interrupt() -> interrupt();
                case RelayClientFrame.Refused(String error) -> send(RelayFrames.error(error));
                case RelayClientFrame.Unknown() -> {
                    // Ignored, as in the original: newer clients can send more.
                }
            }
        });
    }

    /// Posts a task that runs only if this is the active connection then.
    private void postIfActive(Runnable task) {
        tasks.post(() -> {
            switch (state) {
                case RelayState.Unsubscribed<?> _, RelayState.Subscribed<?> _ -> task.run();
                case RelayState.Rejected<?> _, RelayState.Closed<?> _ -> {
                    // Nothing is done for this client.
                }
            }
        });
    }

    @Override
    public void onBinary(int bytes) {
        postIfActive(() ->
                send(
                        RelayFrames.error(
                                "Invalid message format: binary frames are not understood")));
    }

    @Override
    public void onClosed() {
        tasks.post(() -> {
            if (state instanceof RelayState.Subscribed(Subscription last)) {
                last.conversation().session().unsubscribe(last.subscriber());
            }
            state = state.on(new Trigger.Disconnected<>());
        });
        relay.release(this);
    }

    private void prompt(Message user) {
        try {
            Subscription now =
                    state instanceof RelayState.Subscribed(Subscription subscription)
                            ? subscription
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
        if (state instanceof RelayState.Subscribed(Subscription now)) {
            ObjectNode request = Json.object().put("subtype", ControlSubtype.INTERRUPT);
            now.conversation()
                    .session()
                    .request(now.subscriber(), ControlMessages.request("relay", request));
        }
    }

    private Subscription subscribe(RelayConversation conversation) {
        var config = new RelayConfig(conversation.config());
        var subscriber = new RelaySubscriber(new RelayFrameMapper(config.wantsPartialMessages()));
        var now = new Subscription(conversation, subscriber);
        state = state.on(new Trigger.ConversationJoined<>(now));
        peer.describe("relay, session " + conversation.session().id());
        conversation.session().subscribe(subscriber, null);
        return now;
    }

    private void onConversationDeleted(RelaySubscriber from) {
        if (state instanceof RelayState.Subscribed(Subscription(_, RelaySubscriber subscriber))
                && subscriber.equals(from)) {
            state = state.on(new Trigger.ConversationDeleted<>());
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
