package dev.oriel.gateway.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.handshake.HandshakeBuilder;
import org.java_websocket.handshake.HandshakeImpl1Client;
import org.java_websocket.handshake.HandshakeImpl1Server;

/// Encodes the reply to an upgrade, with Java-WebSocket.
public final class UpgradeReplyEncoder {
    private UpgradeReplyEncoder() {}

    /// @param head a valid upgrade ([HttpRequestHead#isValidUpgrade()])
    public static List<ByteBuffer> encode(HttpRequestHead head) {
        var request = new HandshakeImpl1Client();
        request.setResourceDescriptor(head.path());
        head.headers().forEach(request::put);
        var draft = new Draft_6455();
        try {
            HandshakeBuilder reply =
                    draft.postProcessHandshakeResponseAsServer(request, new HandshakeImpl1Server());
            // The library copies the client's own list, which may contain other options.
            reply.put("Connection", "Upgrade");
            String subprotocol = head.subprotocol();
            if (subprotocol != null) {
                reply.put("Sec-WebSocket-Protocol", subprotocol);
            }
            return draft.createHandshake(reply);
        } catch (InvalidHandshakeException e) {
            throw new IllegalArgumentException("not a valid upgrade", e);
        }
    }
}
