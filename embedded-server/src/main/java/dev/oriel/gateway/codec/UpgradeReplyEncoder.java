package dev.oriel.gateway.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.handshake.HandshakeBuilder;
import org.java_websocket.handshake.HandshakeImpl1Client;
import org.java_websocket.handshake.HandshakeImpl1Server;

/// The answer to an upgrade, which Java-WebSocket writes.
public final class UpgradeReplyEncoder {
    private UpgradeReplyEncoder() {}

    /// @param head an upgrade that has all that one needs
    public static List<ByteBuffer> encode(HttpRequestHead head) {
        var request = new HandshakeImpl1Client();
        request.setResourceDescriptor(head.path());
        head.headers().forEach(request::put);
        var draft = new Draft_6455();
        try {
            HandshakeBuilder answer =
                    draft.postProcessHandshakeResponseAsServer(request, new HandshakeImpl1Server());
            // The library repeats the client's own list, which may name more.
            answer.put("Connection", "Upgrade");
            String subprotocol = head.subprotocol();
            if (subprotocol != null) {
                answer.put("Sec-WebSocket-Protocol", subprotocol);
            }
            return draft.createHandshake(answer);
        } catch (InvalidHandshakeException e) {
            throw new IllegalArgumentException("the upgrade is not whole", e);
        }
    }
}
