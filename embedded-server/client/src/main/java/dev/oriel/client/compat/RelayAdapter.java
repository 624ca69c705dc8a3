package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.List;

/// One conversation whose messages are the CLI's own, in an envelope (section 2 of the wire facts).
/// The server lets one socket in at a time.
public final class RelayAdapter implements ProtocolAdapter {
    private static final String TAKEN = "Server already has an active connection";

    private boolean running;
    private boolean refused;

    @Override
    public List<ProtocolEffect> onOpen(String credential) {
        running = false;
        refused = false;
        return List.of();
    }

    @Override
    public List<ProtocolEffect> onFrame(String frame) {
        ObjectNode object = ProtocolAdapter.object(frame);
        if (object == null) {
            return ProtocolAdapter.ignored("no JSON object");
        }
        String type = object.path("type").asText();
        return switch (type) {
            case "connected" -> List.of(new ProtocolEffect.Admitted());
            case "sdk_message" -> {
                Message message = CliMessages.foreign(object.path("data"));
                if (message == null) {
                    yield ProtocolAdapter.ignored("sdk_message without a message");
                }
                ProtocolEffect said = new ProtocolEffect.Said(ONLY, message);
                if (!message.is("result")) {
                    yield List.of(said);
                }
                running = false;
                yield List.of(said, new ProtocolEffect.TurnOver(ONLY));
            }
            case "error" -> error(object.path("error").asText("The server reports an error."));
            // What the CLI writes on its standard error, and answers to wishes that we never have.
            case "info", "file_result" -> List.of();
            default -> ProtocolAdapter.ignored("unknown type " + type);
        };
    }

    private List<ProtocolEffect> error(String why) {
        if (why.equals(TAKEN)) {
            refused = true;
            return List.of(
                    new ProtocolEffect.Refused("Another program is connected to this server."));
        }
        return running ? over(why) : List.of(new ProtocolEffect.Trouble(why));
    }

    private List<ProtocolEffect> over(String why) {
        running = false;
        return List.of(
                new ProtocolEffect.Said(ONLY, CliMessages.failed(why)),
                new ProtocolEffect.TurnOver(ONLY));
    }

    @Override
    public List<ProtocolEffect> onClose(int code, String reason) {
        return running
                ? over("The connection was lost; the server may still be working on the answer.")
                : List.of();
    }

    @Override
    public DisconnectReason ending(DisconnectReason usual, int code, String reason) {
        return refused
                ? new DisconnectReason.Refused("Another program is connected to this server.")
                : usual;
    }

    @Override
    public List<ProtocolEffect> prompt(String session, String uuid, String text) {
        running = true;
        ObjectNode frame = Json.object().put("type", "user_message");
        ObjectNode data = frame.putObject("data");
        data.put("type", "user").put("uuid", uuid).put("session_id", "");
        data.putObject("message").put("role", "user").put("content", text);
        data.putNull("parent_tool_use_id");
        return List.of(new ProtocolEffect.Send(frame.toString()));
    }

    @Override
    public List<ProtocolEffect> interrupt(String session) {
        // Nothing answers it; what shows is the end of the turn.
        return List.of(
                new ProtocolEffect.Send("{\"type\":\"interrupt\"}"),
                new ProtocolEffect.Stopping(ONLY));
    }

    @Override
    public List<ProtocolEffect> begin(String id, NewSessionRequest how) {
        return List.of();
    }

    @Override
    public List<ProtocolEffect> end(String session) {
        return List.of(new ProtocolEffect.Ended(ONLY));
    }
}
