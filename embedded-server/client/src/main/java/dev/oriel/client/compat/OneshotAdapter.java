package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;

/// One prompt a connection, answered by the CLI's bare lines (section 3 of the wire facts). The
/// close code says how it went: 1000 well, 1011 not, 1008 the prompt was not taken.
///
/// Lines come as the server's reads cut them: half a line, or three, a frame. The server's own
/// frames (`info`, `error`) stand between them, whole and without a line break.
public final class OneshotAdapter implements ProtocolAdapter {
    private static final int MOST_WORDS = 20_000;

    private LineAssembler lines = new LineAssembler();
    private final StringBuilder lastWords = new StringBuilder();
    private boolean prompted;
    private boolean running;
    private boolean resultSaid;

    @Override
    public List<ProtocolEffect> onOpen(String credential) {
        lines = new LineAssembler();
        lastWords.setLength(0);
        prompted = false;
        running = false;
        resultSaid = false;
        return List.of();
    }

    @Override
    public List<ProtocolEffect> onFrame(String frame) {
        ObjectNode whole = ProtocolAdapter.object(frame);
        if (whole != null && (!lines.open() || isOwn(whole))) {
            return object(whole);
        }
        return lines(lines.add(frame));
    }

    /// Whether this is a frame of the server's, not a piece of a line.
    private static boolean isOwn(ObjectNode object) {
        return object.size() == 1
                && (object.path("error").isTextual() || object.path("info").isTextual());
    }

    private List<ProtocolEffect> lines(List<String> whole) {
        List<ProtocolEffect> events = new ArrayList<>();
        for (String line : whole) {
            ObjectNode object = ProtocolAdapter.object(line);
            events.addAll(
                    object == null
                            ? List.of(
                                    new ProtocolEffect.Said(ONLY, CliMessages.notice("info", line)))
                            : object(object));
        }
        return events;
    }

    private List<ProtocolEffect> object(ObjectNode object) {
        if (isOwn(object)) {
            return object.has("info")
                    ? List.of(new ProtocolEffect.Admitted())
                    : error(object.path("error").asText());
        }
        String type = object.path("type").asText();
        return switch (type) {
            case "connection_status" -> List.of(new ProtocolEffect.Admitted());
            case "user_echo" -> List.of();
            // The CLI's format of its first weeks: the bare message of the API.
            case "message" -> {
                JsonNode content = object.path("content");
                yield content.isArray()
                        ? said(
                                CliMessages.assistant(
                                        object.path("id").asText("oneshot"),
                                        Json.mapper().createArrayNode().addAll(list(content))))
                        : ProtocolAdapter.ignored("message without content");
            }
            default -> {
                Message message = CliMessages.foreign(object);
                if (message == null) {
                    yield ProtocolAdapter.ignored("no message of the CLI");
                }
                resultSaid |= message.is("result");
                yield said(message);
            }
        };
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all;
    }

    private static List<ProtocolEffect> said(Message message) {
        return List.of(new ProtocolEffect.Said(ONLY, message));
    }

    /// Pieces of the CLI's standard error, or why the server does not take the prompt. How it ends,
    /// only the close code says.
    private List<ProtocolEffect> error(String words) {
        if (lastWords.length() < MOST_WORDS) {
            lastWords.append(words);
        }
        return running ? List.of() : List.of(new ProtocolEffect.Trouble(words));
    }

    @Override
    public List<ProtocolEffect> onClose(int code, String reason) {
        if (!running) {
            return List.of();
        }
        List<ProtocolEffect> events = new ArrayList<>(lines(lines.end()));
        running = false;
        if (!resultSaid) {
            events.addAll(
                    said(
                            code == 1000
                                    ? CliMessages.done()
                                    : CliMessages.failed(why(code, reason))));
        }
        events.add(new ProtocolEffect.TurnOver(ONLY));
        return events;
    }

    private String why(int code, String reason) {
        String said = lastWords.toString().strip();
        if (reason.equals("Timeout")) {
            return "The server's time for an answer is over.";
        }
        if (!said.isEmpty()) {
            return said;
        }
        return code == 1006
                ? "The connection was lost in the middle of the answer."
                : "Claude ended with an error.";
    }

    @Override
    public DisconnectReason ending(DisconnectReason usual, int code, String reason) {
        return switch (code) {
            case 1000, 1011, 1008 ->
                    prompted
                            ? new DisconnectReason.Finished()
                            : code == 1008
                                    ? new DisconnectReason.Refused("The server refused us.")
                                    : usual;
            default -> usual;
        };
    }

    @Override
    public List<ProtocolEffect> prompt(String session, String uuid, String text) {
        prompted = true;
        running = true;
        return List.of(
                new ProtocolEffect.Send(Json.object().put("prompt", text).toString()),
                new ProtocolEffect.Said(ONLY, CliMessages.requesting()));
    }

    /// The only way there is: whoever hangs up ends the process.
    @Override
    public List<ProtocolEffect> interrupt(String session) {
        if (!running) {
            return List.of(new ProtocolEffect.Stopping(ONLY));
        }
        running = false;
        return List.of(
                new ProtocolEffect.Stopping(ONLY),
                new ProtocolEffect.Said(ONLY, CliMessages.interrupted()),
                new ProtocolEffect.HangUp(),
                new ProtocolEffect.TurnOver(ONLY));
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
