package dev.oriel.dialect.sessions;

import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.TextFrames;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Sends a session's messages as native frames: the message's own bytes, `seq` in front, `\n`
/// behind.
final class NativeSubscriber extends PeerSubscriber {
    private static final Function<List<Delivery>, TextFrames> ENCODER = NativeSubscriber::encode;

    NativeSubscriber(Peer peer) {
        super(peer);
    }

    /// One client takes a frame as one JSON text, another as lines: a line break at the end suits
    /// both (wire.md 4.2).
    static TextFrames encode(List<Delivery> deliveries) {
        List<byte[]> texts = new ArrayList<>(deliveries.size());
        for (Delivery d : deliveries) {
            texts.add(d.isJournaled() ? d.message().withSeq(d.seq()) : d.message().bytes());
        }
        return TextFrames.lines(texts);
    }

    /// Encoded once for all native clients.
    @Override
    public void deliver(EventBatch batch) {
        peer.send(batch.encode(ENCODER));
    }

    @Override
    protected void sendAll(List<Delivery> deliveries) {
        peer.send(encode(deliveries));
    }

    /// It has shown the server's token, or the operator asks nobody for it.
    @Override
    public Role role() {
        return Role.OWNER;
    }

    @Override
    public void onDeleted() {
        peer.close(NativeCloseCodes.NO_SUCH_SESSION, "session deleted");
    }
}
