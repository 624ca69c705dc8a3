package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Queries with options (section 1 of the wire facts). A query is over with `query_end`,
/// `query_cancelled`, `query_interrupted` or an `error`, whichever comes first.
///
/// The server's own context ends with each query, whatever its document says, unless the query
/// names what it resumes; so every query names the conversation that the last one told of.
public final class EnhancedAdapter implements ProtocolAdapter {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String BUSY = "A query is already in progress";

    private boolean running;
    private boolean resultSaid;
    private boolean stopping;
    private long messages;
    private @Nullable String conversation;
    private @Nullable String cwd;
    private @Nullable String mode;
    private @Nullable String model;

    /// A JSON Web Token is what the system's document puts into the URL; any other credential goes
    /// into the header alone.
    @Override
    public URI address(ServerAddress server, String credential) {
        boolean jwt = credential.chars().filter(c -> c == '.').count() == 2;
        return server.webSocketUri(
                jwt ? "?token=" + URLEncoder.encode(credential, StandardCharsets.UTF_8) : "");
    }

    @Override
    public List<ProtocolEffect> onOpen(String credential) {
        running = false;
        return List.of();
    }

    @Override
    public List<ProtocolEffect> onFrame(String frame) {
        ObjectNode object = ProtocolAdapter.object(frame);
        if (object == null) {
            return ProtocolAdapter.ignored("no JSON object");
        }
        JsonNode data = object.path("data");
        String type = object.path("type").asText();
        return switch (type) {
            case "connection_established" -> List.of(new ProtocolEffect.Admitted());
            case "query_start" -> List.of(said(CliMessages.requesting()));
            case "system_message" -> system(data);
            case "assistant_message" -> assistant(data.path("content"));
            case "result_message" -> List.of(said(result(data)));
            case "query_end" -> over(CliMessages.done());
            case "query_cancelled", "query_interrupted" -> over(CliMessages.interrupted());
            case "interrupt_acknowledged" -> {
                stopping = true;
                yield List.of(new ProtocolEffect.Stopping(ONLY));
            }
            case "error" -> error(data.path("error").asText("The server reports an error."));
            case "input_acknowledged", "tool_defined", "tools_list", "pong" -> List.of();
            default -> ProtocolAdapter.ignored("unknown type " + type);
        };
    }

    private static ProtocolEffect said(Message message) {
        return new ProtocolEffect.Said(ONLY, message);
    }

    private static List<ProtocolEffect> system(JsonNode data) {
        if (!(data instanceof ObjectNode given)) {
            return ProtocolAdapter.ignored("system_message without data");
        }
        Message message = CliMessages.foreign(given.deepCopy().put("type", "system"));
        return message == null ? ProtocolAdapter.ignored("system_message") : List.of(said(message));
    }

    /// Tool results stand between the other blocks here; the CLI's family has them in `user`
    /// messages.
    private List<ProtocolEffect> assistant(JsonNode content) {
        List<ProtocolEffect> events = new ArrayList<>();
        ArrayNode blocks = Json.mapper().createArrayNode();
        boolean results = false;
        String id = "enhanced-" + ++messages;
        for (JsonNode block : content) {
            boolean result = block.path("type").asText().equals("tool_result");
            if (result != results && !blocks.isEmpty()) {
                events.add(
                        said(
                                results
                                        ? CliMessages.results(blocks)
                                        : CliMessages.assistant(id, blocks)));
                blocks = Json.mapper().createArrayNode();
            }
            results = result;
            blocks.add(
                    result
                            ? CliMessages.toolResult(
                                    block.path("tool_use_id").asText(),
                                    block.get("content"),
                                    block.path("is_error").asBoolean())
                            : block);
        }
        if (!blocks.isEmpty()) {
            events.add(
                    said(
                            results
                                    ? CliMessages.results(blocks)
                                    : CliMessages.assistant(id, blocks)));
        }
        return events;
    }

    private Message result(JsonNode data) {
        resultSaid = true;
        String said = data.path("session_id").asText("");
        if (UUID.matcher(said).matches()) {
            conversation = said;
        }
        String subtype = data.path("subtype").asText("success");
        ObjectNode result = Json.object().put("type", "result").put("subtype", subtype);
        result.put("is_error", subtype.startsWith("error"));
        if (stopping) {
            result.put("terminal_reason", "aborted_streaming");
        }
        for (String member :
                List.of("duration_ms", "session_id", "total_cost_usd", "num_turns", "usage")) {
            JsonNode value = data.get(member);
            if (value != null && !value.isNull()) {
                result.set(member, value);
            }
        }
        return Message.of(result);
    }

    private List<ProtocolEffect> error(String why) {
        if (!running || why.startsWith(BUSY)) {
            return List.of(new ProtocolEffect.Trouble(why));
        }
        resultSaid = false;
        return over(CliMessages.failed(why));
    }

    /// @param otherwise the turn's result, if the server has said none
    private List<ProtocolEffect> over(Message otherwise) {
        if (!running) {
            return List.of();
        }
        running = false;
        ProtocolEffect over = new ProtocolEffect.TurnOver(ONLY);
        return resultSaid ? List.of(over) : List.of(said(otherwise), over);
    }

    @Override
    public List<ProtocolEffect> onClose(int code, String reason) {
        return over(CliMessages.failed("The connection was lost in the middle of the answer."));
    }

    @Override
    public DisconnectReason ending(DisconnectReason usual, int code, String reason) {
        return code == 1008
                ? new DisconnectReason.Refused(
                        reason.isEmpty() ? "The server refused us." : "The server says: " + reason)
                : usual;
    }

    @Override
    public List<ProtocolEffect> prompt(String session, String uuid, String text) {
        running = true;
        resultSaid = false;
        stopping = false;
        ObjectNode query = Json.object().put("type", "query").put("prompt", text);
        ObjectNode options = query.putObject("options");
        put(options, "permission_mode", mode);
        put(options, "model", model);
        put(options, "cwd", cwd);
        put(options, "resume", conversation);
        return List.of(new ProtocolEffect.Send(query.toString()));
    }

    private static void put(ObjectNode options, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            options.put(name, value);
        }
    }

    @Override
    public List<ProtocolEffect> interrupt(String session) {
        return running
                ? List.of(new ProtocolEffect.Send("{\"type\":\"interrupt\"}"))
                // It would be answered by nothing.
                : List.of(new ProtocolEffect.Stopping(ONLY));
    }

    @Override
    public List<ProtocolEffect> begin(String id, NewSessionRequest how) {
        cwd = how.cwd();
        choose(how.permissionMode(), how.model());
        return List.of();
    }

    @Override
    public void choose(@Nullable String newMode, @Nullable String newModel) {
        mode = newMode == null ? mode : newMode;
        model = newModel == null ? model : newModel;
    }

    @Override
    public List<ProtocolEffect> end(String session) {
        conversation = null;
        return List.of(new ProtocolEffect.Ended(ONLY), new ProtocolEffect.HangUp());
    }
}
