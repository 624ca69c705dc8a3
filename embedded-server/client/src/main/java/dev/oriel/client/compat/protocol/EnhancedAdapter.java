package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.compat.protocol.ProtocolEffect.Accept;
import dev.oriel.client.compat.protocol.ProtocolEffect.ConfirmInterrupt;
import dev.oriel.client.compat.protocol.ProtocolEffect.FinishTurn;
import dev.oriel.client.compat.protocol.ProtocolEffect.Publish;
import dev.oriel.client.compat.protocol.ProtocolEffect.RemoveSession;
import dev.oriel.client.compat.protocol.ProtocolEffect.ReplaceConnection;
import dev.oriel.client.compat.protocol.ProtocolEffect.ReportProblem;
import dev.oriel.client.compat.protocol.ProtocolEffect.SendFrame;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.BlockType;
import dev.oriel.message.CloseCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.ResultSubtype;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The enhanced kind: queries with options (embedded-server/docs/wire.md 1). A query ends with
/// `query_end`, `query_cancelled`, `query_interrupted` or an `error`, whichever comes first. A
/// `query_end` that follows `query_interrupted` does not end the next query.
///
/// The server's context ends with each query, whatever the documentation of the system says, unless
/// the query names the conversation to resume; so every query names that of the last result.
public final class EnhancedAdapter implements ProtocolAdapter<EnhancedState> {
    private static final Pattern UUID_PATTERN =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String BUSY = "A query is already in progress";
    private static final List<String> RESULT_MEMBERS =
            List.of("duration_ms", "session_id", "total_cost_usd", "num_turns", "usage");

    @Override
    public EnhancedState initialState() {
        return EnhancedState.INITIAL;
    }

    /// A JSON Web Token goes into the URL, as the documentation of the system says; any other
    /// credential goes into the header alone (embedded-server/docs/wire.md 1.5).
    @Override
    public URI address(ServerAddress server, String credential) {
        boolean jwt = credential.chars().filter(c -> c == '.').count() == 2;
        return server.webSocketUri(
                jwt ? "?token=" + URLEncoder.encode(credential, StandardCharsets.UTF_8) : "");
    }

    @Override
    public boolean canChangeMode() {
        return true;
    }

    @Override
    public Step<EnhancedState> on(EnhancedState state, ProtocolEvent event) {
        return switch (event) {
            case ProtocolEvent.Opened _ -> Step.of(state.withRunning(false).withEndFollows(false));
            case ProtocolEvent.FrameReceived(String text) -> onFrame(state, text);
            case ProtocolEvent.Closed _ ->
                    finish(
                            state,
                            CliMessages.failed(
                                    "The connection was lost in the middle of the answer."));
            case ProtocolEvent.PromptSubmitted(_, _, String text) ->
                    Step.of(state.started(), new SendFrame(query(state, text)));
            case ProtocolEvent.InterruptRequested _ ->
                    // Without a query the server would not respond.
                    Step.of(
                            state,
                            state.running()
                                    ? new SendFrame("{\"type\":\"interrupt\"}")
                                    : new ConfirmInterrupt(ONLY_SESSION));
            case ProtocolEvent.SessionRequested(_, var chosen) ->
                    Step.of(
                            state.withOptions(
                                    new EnhancedState.Options(
                                                    chosen.cwd(),
                                                    state.options().mode(),
                                                    state.options().model())
                                            .with(chosen.permissionMode(), chosen.model())));
            case ProtocolEvent.OptionsChosen(String mode, String model) ->
                    Step.of(state.withOptions(state.options().with(mode, model)));
            case ProtocolEvent.SessionEndRequested _ ->
                    Step.of(
                            state.withConversation(null),
                            new RemoveSession(ONLY_SESSION),
                            new ReplaceConnection());
            case ProtocolEvent.AskResolved _, ProtocolEvent.TurnPollDue _ -> Step.of(state);
        };
    }

    private static String query(EnhancedState state, String prompt) {
        ObjectNode query = Json.object().put("type", "query").put("prompt", prompt);
        ObjectNode options = query.putObject("options");
        put(options, "permission_mode", state.options().mode());
        put(options, "model", state.options().model());
        put(options, "cwd", state.options().cwd());
        put(options, "resume", state.conversation());
        return query.toString();
    }

    private static void put(ObjectNode options, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            options.put(name, value);
        }
    }

    private static Step<EnhancedState> onFrame(EnhancedState state, String text) {
        ObjectNode frame = ProtocolAdapter.parseObject(text);
        if (frame == null) {
            return Step.of(state, ProtocolAdapter.ignored("no JSON object"));
        }
        JsonNode data = frame.path("data");
        String type = frame.path("type").asText();
        return switch (type) {
            case "connection_established" -> Step.of(state, new Accept());
            case "query_start" ->
                    Step.of(state.withEndFollows(false), publish(CliMessages.requesting()));
            case "system_message" -> Step.of(state, onSystem(data));
            case "assistant_message" ->
                    new Step<>(
                            state.nextMessage(),
                            onAssistant(
                                    "enhanced-" + (state.messages() + 1), data.path("content")));
            case "result_message" -> onResult(state, data);
            case "query_interrupted" ->
                    finish(state.withEndFollows(state.running()), CliMessages.interrupted());
            case "query_end", "query_cancelled" -> onEnd(state, type);
            case "interrupt_acknowledged" ->
                    Step.of(state.stopping(), new ConfirmInterrupt(ONLY_SESSION));
            case "error" ->
                    onError(state, data.path("error").asText("The server reports an error."));
            case "input_acknowledged", "tool_defined", "tools_list", "pong" -> Step.of(state);
            default -> Step.of(state, ProtocolAdapter.ignored("unknown type " + type));
        };
    }

    private static ProtocolEffect publish(Message message) {
        return new Publish(ONLY_SESSION, message);
    }

    private static ProtocolEffect onSystem(JsonNode data) {
        if (!(data instanceof ObjectNode given)) {
            return ProtocolAdapter.ignored("system_message without data");
        }
        Message message = CliMessages.fromServer(given.deepCopy().put("type", MessageType.SYSTEM));
        return message == null ? ProtocolAdapter.ignored("system_message") : publish(message);
    }

    /// Here the results of tools stand between the other blocks; the CLI's family has them in
    /// `user` messages.
    private static List<ProtocolEffect> onAssistant(String id, JsonNode content) {
        List<ProtocolEffect> effects = new ArrayList<>();
        ArrayNode blocks = Json.mapper().createArrayNode();
        boolean results = false;
        for (JsonNode block : content) {
            boolean result = block.path("type").asText().equals(BlockType.TOOL_RESULT);
            if (result != results && !blocks.isEmpty()) {
                effects.add(publish(message(id, blocks, results)));
                blocks = Json.mapper().createArrayNode();
            }
            results = result;
            blocks.add(result ? toolResult(block) : block);
        }
        if (!blocks.isEmpty()) {
            effects.add(publish(message(id, blocks, results)));
        }
        return effects;
    }

    private static Message message(String id, ArrayNode blocks, boolean results) {
        return results ? CliMessages.toolResults(blocks) : CliMessages.assistant(id, blocks);
    }

    private static ObjectNode toolResult(JsonNode block) {
        return CliMessages.toolResult(
                block.path("tool_use_id").asText(),
                block.get("content"),
                block.path("is_error").asBoolean());
    }

    private static Step<EnhancedState> onResult(EnhancedState state, JsonNode data) {
        String conversation = data.path("session_id").asText("");
        EnhancedState next =
                UUID_PATTERN.matcher(conversation).matches()
                        ? state.withConversation(conversation)
                        : state;
        String subtype = data.path("subtype").asText(ResultSubtype.SUCCESS);
        ObjectNode result = Json.object().put("type", MessageType.RESULT).put("subtype", subtype);
        result.put("is_error", subtype.startsWith("error"));
        if (state.interrupted()) {
            result.put("terminal_reason", CliMessages.ABORTED);
        }
        for (String member : RESULT_MEMBERS) {
            JsonNode value = data.get(member);
            if (value != null && !value.isNull()) {
                result.set(member, value);
            }
        }
        return Step.of(next.withResult(true), publish(Message.of(result)));
    }

    private static Step<EnhancedState> onError(EnhancedState state, String error) {
        return !state.running() || error.startsWith(BUSY)
                ? Step.of(state, new ReportProblem(error))
                : finish(state.withResult(false), CliMessages.failed(error));
    }

    private static Step<EnhancedState> onEnd(EnhancedState state, String type) {
        return state.endFollows()
                ? Step.of(state.withEndFollows(false))
                : finish(
                        state,
                        type.equals("query_end") ? CliMessages.done() : CliMessages.interrupted());
    }

    /// @param otherwise the turn's result, if the server has sent none
    private static Step<EnhancedState> finish(EnhancedState state, Message otherwise) {
        if (!state.running()) {
            return Step.of(state);
        }
        EnhancedState next = state.withRunning(false);
        ProtocolEffect over = new FinishTurn(ONLY_SESSION);
        return state.resultReceived()
                ? Step.of(next, over)
                : Step.of(next, publish(otherwise), over);
    }

    @Override
    public DisconnectReason disconnectReason(
            EnhancedState state, DisconnectReason usual, int code, String reason) {
        return code == CloseCode.POLICY_VIOLATION
                ? new DisconnectReason.Refused(
                        reason.isEmpty()
                                ? "The server refused the connection."
                                : "The server refused the connection: " + reason)
                : usual;
    }
}
