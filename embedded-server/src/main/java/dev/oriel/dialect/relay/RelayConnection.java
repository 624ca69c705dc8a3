package dev.oriel.dialect.relay;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.InOrder;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.TextFrames;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.BadRequestException;
import dev.oriel.session.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client of the relay, the active one or one that is turned away.
final class RelayConnection implements DialectConnection {
    private static final int NORMAL = 1000;
    private static final String TAKEN = "Server already has an active connection";

    private final Relay relay;
    private final Peer peer;
    private final boolean active;
    private final InOrder tasks = new InOrder("relay");
    private @Nullable Listening listening; // only in tasks
    private volatile boolean closed;

    /// A conversation that this client listens to.
    private record Listening(Conversation conversation, Ear ear) {}

    RelayConnection(Relay relay, Peer peer) {
        this.relay = relay;
        this.peer = peer;
        this.active = relay.enter(this);
        if (active) {
            send(RelayFrames.CONNECTED);
            tasks.run(() -> {
                Conversation current = relay.current();
                if (current != null) {
                    listen(current);
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
        switch (ClientFrame.read(text)) {
            case ClientFrame.Prompt(Message user) -> tasks.run(() -> prompt(user));
            case ClientFrame.Interrupt() -> tasks.run(this::interrupt);
            case ClientFrame.Refused(String error) ->
                    // In its place among the answers to other frames.
                    tasks.run(() -> send(RelayFrames.error(error)));
            case ClientFrame.Unknown() -> {
                // As the original, which lets newer clients say more than it knows.
            }
        }
    }

    @Override
    public void onBinary(int bytes) {
        if (active) {
            tasks.run(() ->
                    send(
                            RelayFrames.error(
                                    "Invalid message format: binary frames are not understood")));
        }
    }

    @Override
    public void onClosed() {
        closed = true;
        if (active) {
            tasks.run(this::stopListening);
            relay.leave(this);
        }
    }

    private void prompt(Message user) {
        try {
            Listening now = listening == null ? listen(relay.begin(this::inform)) : listening;
            now.ear().retelling.prompted();
            now.conversation().session().prompt(now.ear(), user, now.conversation().setting());
        } catch (BadRequestException e) {
            send(RelayFrames.error("Invalid configuration: " + e.getMessage()));
        } catch (JournalException e) {
            send(RelayFrames.error(e.getMessage()));
        }
    }

    private void inform(String notice) {
        send(RelayFrames.info(notice + "\n"));
    }

    /// Without an answer of its own: what the agent says tells that it has stopped.
    private void interrupt() {
        Listening now = listening;
        if (now != null) {
            var request = Json.object().put("type", "control_request").put("request_id", "relay");
            request.putObject("request").put("subtype", "interrupt");
            now.conversation().session().request(now.ear(), Message.of(request));
        }
    }

    private Listening listen(Conversation conversation) {
        var ear = new Ear(new Retelling(new QueryConfig(conversation.config()).wantsParts()));
        var now = new Listening(conversation, ear);
        listening = now;
        if (!closed) {
            peer.describe("relay, session " + conversation.session().id());
            conversation.session().subscribe(ear, null);
        }
        return now;
    }

    private void stopListening() {
        Listening now = listening;
        listening = null;
        if (now != null) {
            now.conversation().session().unsubscribe(now.ear());
        }
    }

    private void send(byte[] frame) {
        peer.send(new TextFrames(List.of(frame)));
    }

    /// Hears the session for this client. It has no frame in which a person could be asked.
    private final class Ear extends PeerSubscriber {
        private final Retelling retelling;

        Ear(Retelling retelling) {
            super(RelayConnection.this.peer);
            this.retelling = retelling;
        }

        @Override
        protected void say(List<Delivery> deliveries) {
            List<byte[]> frames = retelling.frames(deliveries);
            if (!frames.isEmpty()) {
                peer.send(new TextFrames(frames));
            }
        }

        @Override
        public void gone() {
            tasks.run(() -> {
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
