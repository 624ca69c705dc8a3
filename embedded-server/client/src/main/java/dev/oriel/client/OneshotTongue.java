package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;

/// One prompt a connection, answered by the CLI's bare lines (section 3 of the wire facts). The
/// close code says how it went: 1000 well, 1011 not, 1008 the prompt was not taken.
///
/// Lines come as the server's reads cut them: half a line, or three, a frame. The server's own
/// frames (`info`, `error`) stand between them, whole and without a line break.
final class OneshotTongue implements Tongue {
    private static final int MOST_WORDS = 20_000;

    private JsonLines lines = new JsonLines();
    private final StringBuilder lastWords = new StringBuilder();
    private boolean prompted;
    private boolean running;
    private boolean resultSaid;

    @Override
    public List<Event> opened(String credential) {
        lines = new JsonLines();
        lastWords.setLength(0);
        prompted = false;
        running = false;
        resultSaid = false;
        return List.of();
    }

    @Override
    public List<Event> heard(String frame) {
        ObjectNode whole = Tongue.object(frame);
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

    private List<Event> lines(List<String> whole) {
        List<Event> events = new ArrayList<>();
        for (String line : whole) {
            ObjectNode object = Tongue.object(line);
            events.addAll(
                    object == null
                            ? List.of(new Event.Said(ONLY, Shapes.notice("info", line)))
                            : object(object));
        }
        return events;
    }

    private List<Event> object(ObjectNode object) {
        if (isOwn(object)) {
            return object.has("info")
                    ? List.of(new Event.Admitted())
                    : error(object.path("error").asText());
        }
        String type = object.path("type").asText();
        return switch (type) {
            case "connection_status" -> List.of(new Event.Admitted());
            case "user_echo" -> List.of();
            // The CLI's format of its first weeks: the bare message of the API.
            case "message" -> {
                JsonNode content = object.path("content");
                yield content.isArray()
                        ? said(
                                Shapes.assistant(
                                        object.path("id").asText("oneshot"),
                                        Json.mapper().createArrayNode().addAll(list(content))))
                        : Tongue.ignored("message without content");
            }
            default -> {
                Message message = Shapes.foreign(object);
                if (message == null) {
                    yield Tongue.ignored("no message of the CLI");
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

    private static List<Event> said(Message message) {
        return List.of(new Event.Said(ONLY, message));
    }

    /// Pieces of the CLI's standard error, or why the server does not take the prompt. How it ends,
    /// only the close code says.
    private List<Event> error(String words) {
        if (lastWords.length() < MOST_WORDS) {
            lastWords.append(words);
        }
        return running ? List.of() : List.of(new Event.Trouble(words));
    }

    @Override
    public List<Event> closed(int code, String reason) {
        if (!running) {
            return List.of();
        }
        List<Event> events = new ArrayList<>(lines(lines.end()));
        running = false;
        if (!resultSaid) {
            events.addAll(said(code == 1000 ? Shapes.done() : Shapes.failed(why(code, reason))));
        }
        events.add(new Event.TurnOver(ONLY));
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
    public Ending ending(Ending usual, int code, String reason) {
        return switch (code) {
            case 1000, 1011, 1008 ->
                    prompted
                            ? new Ending.Finished()
                            : code == 1008 ? new Ending.Refused("The server refused us.") : usual;
            default -> usual;
        };
    }

    @Override
    public List<Event> prompt(String session, String uuid, String text) {
        prompted = true;
        running = true;
        return List.of(
                new Event.Send(Json.object().put("prompt", text).toString()),
                new Event.Said(ONLY, Shapes.requesting()));
    }

    /// The only way there is: whoever hangs up ends the process.
    @Override
    public List<Event> interrupt(String session) {
        if (!running) {
            return List.of(new Event.Stopping(ONLY));
        }
        running = false;
        return List.of(
                new Event.Stopping(ONLY),
                new Event.Said(ONLY, Shapes.interrupted()),
                new Event.HangUp(),
                new Event.TurnOver(ONLY));
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
