package dev.oriel.dialect.sessions;

import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.Message;
import dev.oriel.session.Batch;
import dev.oriel.session.Delivery;
import dev.oriel.session.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Sends a session's messages as native frames: the message's own bytes, `seq` in front, `\n`
/// behind.
final class NativeSubscriber implements Subscriber {
    /// From here on a client counts as slow. Large enough for bursts, small enough for many
    /// clients.
    private static final long FULL = 1024 * 1024;

    private static final long ROOM = FULL / 4;

    /// How long the agent is kept waiting for a client that has fallen behind, before that client
    /// goes its own pace.
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private static final Function<List<Delivery>, TextFrames> ENCODER = NativeSubscriber::encode;

    private final Peer peer;

    NativeSubscriber(Peer peer) {
        this.peer = peer;
    }

    /// One client takes a frame as one JSON text, another as lines: a line break at the end suits
    /// both (protocols: section 4.2).
    static TextFrames encode(List<Delivery> deliveries) {
        List<byte[]> texts = new ArrayList<>(deliveries.size());
        for (Delivery d : deliveries) {
            texts.add(d.isJournaled() ? d.message().withSeq(d.seq()) : d.message().bytes());
        }
        return TextFrames.lines(texts);
    }

    @Override
    public void deliver(Batch batch) {
        peer.send(batch.as(ENCODER));
    }

    @Override
    public void replay(List<Delivery> page) {
        peer.send(encode(page));
    }

    @Override
    public void send(Message message) {
        peer.send(encode(List.of(Delivery.live(message))));
    }

    @Override
    public boolean isFull() {
        return peer.queued() > FULL;
    }

    @Override
    public boolean awaitRoom() {
        return peer.awaitBelow(FULL, PATIENCE);
    }

    @Override
    public void whenRoom(Runnable then) {
        peer.whenBelow(ROOM, then);
    }

    @Override
    public void gone() {
        peer.close(CloseCodes.NO_SUCH_SESSION, "session deleted");
    }
}
