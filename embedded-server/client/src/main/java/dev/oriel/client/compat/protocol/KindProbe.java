package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.compat.protocol.ProtocolEffect.SendFrame;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What distinguishes the kinds of server that share the path `/ws`.
public final class KindProbe {
    private KindProbe() {}

    /// The address to probe. Only the enhanced kind reads a credential from it.
    public static URI address(ServerAddress server, String credential) {
        return new EnhancedAdapter().address(server, credential);
    }

    /// The frames to send to a server that sends nothing by itself: only the manager kind
    /// understands them.
    public static List<String> frames(String credential) {
        ManagerAdapter manager = new ManagerAdapter();
        List<String> frames = new ArrayList<>();
        for (ProtocolEffect effect :
                manager.on(manager.initialState(), new ProtocolEvent.Opened(credential))
                        .effects()) {
            if (effect instanceof SendFrame(String text)) {
                frames.add(text);
            }
        }
        return frames;
    }

    /// The kind whose first frame this is, if it is one.
    public static Optional<ServerKind> identify(String frame) {
        ObjectNode first = ProtocolAdapter.parseObject(frame);
        if (first == null) {
            return Optional.empty();
        }
        return switch (first.path("type").asText()) {
            case "connection_established" -> Optional.of(ServerKind.ENHANCED);
            case "connected" -> Optional.of(ServerKind.RELAY);
            case "connection_status" -> Optional.of(ServerKind.ONESHOT);
            case "auth_success", "sessions_list" -> Optional.of(ServerKind.MANAGER);
            case "error" ->
                    first.path("error").isTextual()
                            ? Optional.of(ServerKind.RELAY)
                            : Optional.of(ServerKind.MANAGER);
            default -> first.has("info") ? Optional.of(ServerKind.ONESHOT) : Optional.empty();
        };
    }
}
