package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.List;

/// One conversation whose messages are the CLI's own, in an envelope (section 2 of the wire facts).
/// The server lets one socket in at a time.
final class RelayTongue implements Tongue {
    private static final String TAKEN = "Server already has an active connection";

    private boolean running;
    private boolean refused;

    @Override
    public List<Event> opened(String credential) {
        running = false;
        refused = false;
        return List.of();
    }

    @Override
    public List<Event> heard(String frame) {
        ObjectNode object = Tongue.object(frame);
        if (object == null) {
            return Tongue.ignored("no JSON object");
        }
        String type = object.path("type").asText();
        return switch (type) {
            case "connected" -> List.of(new Event.Admitted());
            case "sdk_message" -> {
                Message message = Shapes.foreign(object.path("data"));
                if (message == null) {
                    yield Tongue.ignored("sdk_message without a message");
                }
                Event said = new Event.Said(ONLY, message);
                if (!message.is("result")) {
                    yield List.of(said);
                }
                running = false;
                yield List.of(said, new Event.TurnOver(ONLY));
            }
            case "error" -> error(object.path("error").asText("The server reports an error."));
            // What the CLI writes on its standard error, and answers to wishes that we never have.
            case "info", "file_result" -> List.of();
            default -> Tongue.ignored("unknown type " + type);
        };
    }

    private List<Event> error(String why) {
        if (why.equals(TAKEN)) {
            refused = true;
            return List.of(new Event.Refused("Another program is connected to this server."));
        }
        return running ? over(why) : List.of(new Event.Trouble(why));
    }

    private List<Event> over(String why) {
        running = false;
        return List.of(new Event.Said(ONLY, Shapes.failed(why)), new Event.TurnOver(ONLY));
    }

    @Override
    public List<Event> closed(int code, String reason) {
        return running
                ? over("The connection was lost; the server may still be working on the answer.")
                : List.of();
    }

    @Override
    public Ending ending(Ending usual, int code, String reason) {
        return refused ? new Ending.Refused("Another program is connected to this server.") : usual;
    }

    @Override
    public List<Event> prompt(String session, String uuid, String text) {
        running = true;
        ObjectNode frame = Json.object().put("type", "user_message");
        ObjectNode data = frame.putObject("data");
        data.put("type", "user").put("uuid", uuid).put("session_id", "");
        data.putObject("message").put("role", "user").put("content", text);
        data.putNull("parent_tool_use_id");
        return List.of(new Event.Send(frame.toString()));
    }

    @Override
    public List<Event> interrupt(String session) {
        // Nothing answers it; what shows is the end of the turn.
        return List.of(new Event.Send("{\"type\":\"interrupt\"}"), new Event.Stopping(ONLY));
    }

    @Override
    public List<Event> begin(String id, NewSession how) {
        return List.of();
    }

    @Override
    public List<Event> end(String session) {
        return List.of(new Event.Ended(ONLY));
    }
}
