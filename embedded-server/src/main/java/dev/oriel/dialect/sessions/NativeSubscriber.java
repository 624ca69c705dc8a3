package dev.oriel.dialect.sessions;

import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.CloseCode;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Sends a session's events as native frames: the message's own bytes with `seq` as first member
/// and a final line break.
final class NativeSubscriber extends PeerSubscriber {
    private static final Function<List<Delivery>, TextFrames> ENCODER = NativeSubscriber::encode;

    NativeSubscriber(Peer peer) {
        super(peer);
    }

    /// Some clients read a frame as one JSON text, others as lines: a line break at the end suits
    /// both (wire.md 4.2).
    static TextFrames encode(List<Delivery> deliveries) {
        List<byte[]> texts = new ArrayList<>(deliveries.size());
        for (Delivery d : deliveries) {
            texts.add(d.isJournaled() ? d.message().withSeq(d.seq()) : d.message().bytes());
        }
        return TextFrames.lines(texts);
    }

    /// Encodes the batch once for all native clients.
    @Override
    public void deliver(EventBatch batch) {
        peer.send(batch.encode(ENCODER));
    }

    @Override
    protected void sendAll(List<Delivery> deliveries) {
        peer.send(encode(deliveries));
    }

    /// The client has sent the server's token, or none is needed.
    @Override
    public Role role() {
        return Role.OWNER;
    }

    @Override
    public void onDeleted() {
        peer.close(CloseCode.NO_SUCH_SESSION, "session deleted");
    }
}
