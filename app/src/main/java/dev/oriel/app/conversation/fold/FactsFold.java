package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Activity;
import dev.oriel.app.conversation.item.ConversationFacts;
import dev.oriel.app.conversation.item.ToolSummary;
import dev.oriel.app.conversation.notice.ApiRetry;
import dev.oriel.message.BlockType;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.StreamEventType;
import dev.oriel.message.SystemSubtype;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Folds messages into [ConversationFacts]. Pure: no clock, no thread, no toolkit.
public final class FactsFold {
    private final Map<String, Activity.RunningTool> tools = new LinkedHashMap<>();
    private final Set<String> asks = new LinkedHashSet<>();
    private Activity rest = new Activity.Idle();
    private boolean sessionSaid;
    private @Nullable String model;
    private @Nullable String permissionMode;
    private double cost;
    private long contextTokens;
    private long contextWindow;

    public ConversationFacts facts() {
        return new ConversationFacts(
                activity(), model, permissionMode, cost, contextTokens, contextWindow);
    }

    private Activity activity() {
        if (rest instanceof Activity.Interrupting) {
            return rest;
        }
        if (!asks.isEmpty()) {
            return new Activity.AwaitingAnswer(asks.size());
        }
        return rest instanceof Activity.Idle || tools.isEmpty()
                ? rest
                : tools.values().iterator().next();
    }

    /// @param arrival when a live message arrived; null for a message of a page
    public void apply(Message message, @Nullable Instant arrival) {
        JsonNode tree = message.tree();
        Instant stamp = MessageFields.timestamp(tree);
        Instant at = arrival != null ? arrival : stamp;
        boolean main = MessageFields.parentToolUseId(tree).isEmpty();
        switch (message.type()) {
            case MessageType.SYSTEM -> system(message, tree, at);
            case MessageType.STREAM_EVENT -> {
                if (main) {
                    streamed(tree.path("event"), at);
                }
            }
            case MessageType.ASSISTANT -> {
                if (main) {
                    assistant(tree.path("message"), at);
                }
            }
            case MessageType.USER -> {
                if (main) {
                    user(tree, at);
                }
            }
            case MessageType.RESULT -> {
                idle();
                result(tree);
            }
            case MessageType.CONTROL_REQUEST -> {
                if (isAsk(message.subtype()) && message.requestId() != null) {
                    asks.add(message.requestId());
                }
            }
            case MessageType.CONTROL_CANCEL_REQUEST ->
                    removeAsk(String.valueOf(message.requestId()));
            default -> {
                // No fact depends on it.
            }
        }
    }

    /// The user resolved an ask, or it was withdrawn.
    public void removeAsk(String requestId) {
        asks.remove(requestId);
    }

    /// A turn is over. Asks of background tasks stay open.
    private void idle() {
        rest = new Activity.Idle();
        tools.clear();
    }

    private void wake(@Nullable Instant at) {
        if (rest instanceof Activity.Idle) {
            rest = new Activity.Waiting(at);
        }
    }

    private void system(Message message, JsonNode tree, @Nullable Instant at) {
        String subtype = message.subtype();
        switch (subtype == null ? "" : subtype) {
            case SystemSubtype.INIT -> {
                model = or(tree, "model", model);
                permissionMode = or(tree, "permissionMode", permissionMode);
            }
            case SystemSubtype.STATUS -> {
                permissionMode = or(tree, "permissionMode", permissionMode);
                if (MessageFields.text(tree, "status").equals("compacting")) {
                    rest = new Activity.Compacting(at);
                } else if (MessageFields.text(tree, "status").equals("requesting")) {
                    rest = new Activity.Waiting(at);
                }
            }
            // Unknown until the next answer, if the CLI does not report the size of the summary.
            case SystemSubtype.COMPACT_BOUNDARY ->
                    contextTokens = tree.at("/compact_metadata/post_tokens").asLong();
            case SystemSubtype.API_RETRY -> rest = retrying(ApiRetry.of(tree), at);
            case SystemSubtype.ORIEL_AGENT_EXITED, SystemSubtype.ORIEL_FORKED -> {
                idle();
                asks.clear();
            }
            // Unknown until the next answer.
            case SystemSubtype.ORIEL_REWOUND -> contextTokens = 0;
            case SystemSubtype.SESSION_STATE_CHANGED -> {
                if (MessageFields.text(tree, "state").equals("idle")) {
                    idle();
                }
            }
            case SystemSubtype.ORIEL_SESSION -> session(tree.path("session"), at);
            default -> {
                // It is a notice, or not shown.
            }
        }
    }

    private void session(JsonNode session, @Nullable Instant at) {
        model = or(session, "model", model);
        permissionMode = or(session, "permission_mode", permissionMode);
        if (session.path("cost_usd").isNumber()) {
            cost = session.path("cost_usd").asDouble();
            sessionSaid = true;
        }
        String state = MessageFields.text(session, "state");
        if (!MessageFields.hasAsks(session)) {
            asks.clear();
        }
        switch (state) {
            case "idle", "failed", "ended" -> idle();
            case "interrupting" -> {
                if (!(rest instanceof Activity.Interrupting)) {
                    rest = new Activity.Interrupting(at);
                }
            }
            case "running", "asking" -> wake(at);
            default -> {
                // A state of a newer server.
            }
        }
    }

    private void streamed(JsonNode event, @Nullable Instant at) {
        switch (MessageFields.text(event, "type")) {
            case StreamEventType.MESSAGE_START -> model = or(event.path("message"), "model", model);
            case StreamEventType.CONTENT_BLOCK_START -> {
                switch (MessageFields.text(event.path("content_block"), "type")) {
                    case BlockType.TEXT -> rest = new Activity.Writing(at);
                    case BlockType.THINKING, BlockType.REDACTED_THINKING ->
                            rest = new Activity.Thinking(at);
                    default -> wake(at);
                }
            }
            default -> wake(at);
        }
    }

    private void assistant(JsonNode message, @Nullable Instant at) {
        String named = MessageFields.text(message, "model");
        if (!named.isEmpty() && !named.startsWith("<")) {
            model = named;
        }
        JsonNode usage = message.path("usage");
        long tokens =
                usage.path("input_tokens").asLong()
                        + usage.path("cache_read_input_tokens").asLong()
                        + usage.path("cache_creation_input_tokens").asLong()
                        + usage.path("output_tokens").asLong();
        if (tokens > 0) {
            contextTokens = tokens;
        }
        rest = new Activity.Waiting(at);
        for (JsonNode block : message.path("content")) {
            if (MessageFields.text(block, "type").equals(BlockType.TOOL_USE)) {
                String name = MessageFields.text(block, "name");
                String argument =
                        ToolSummary.argument(name, MessageFields.fields(block.path("input")));
                tools.put(
                        MessageFields.text(block, "id"),
                        new Activity.RunningTool(ToolSummary.title(name), argument, at));
            }
        }
    }

    private void user(JsonNode tree, @Nullable Instant at) {
        boolean result = false;
        for (JsonNode block : tree.path("message").path("content")) {
            if (MessageFields.text(block, "type").equals(BlockType.TOOL_RESULT)) {
                result = true;
                tools.remove(MessageFields.text(block, "tool_use_id"));
            }
        }
        boolean own = tree.path("isReplay").asBoolean() || tree.path("isSynthetic").asBoolean();
        if (result || !own) {
            if (!(rest instanceof Activity.Interrupting)) {
                rest = new Activity.Waiting(at);
            }
        }
    }

    private void result(JsonNode tree) {
        if (!sessionSaid && tree.path("total_cost_usd").isNumber()) {
            cost = tree.path("total_cost_usd").asDouble();
        }
        tree.path("modelUsage")
                .properties()
                .forEach(e -> {
                    long window = e.getValue().path("contextWindow").asLong();
                    if (e.getKey().equals(model) || contextWindow == 0) {
                        contextWindow = window > 0 ? window : contextWindow;
                    }
                });
    }

    private static @Nullable String or(JsonNode node, String member, @Nullable String otherwise) {
        String text = MessageFields.text(node, member);
        return text.isEmpty() ? otherwise : text;
    }

    /// Without `oriel_trust`, because no turn waits for its reply.
    private static boolean isAsk(@Nullable String subtype) {
        return ControlSubtype.CAN_USE_TOOL.equals(subtype)
                || ControlSubtype.ELICITATION.equals(subtype);
    }

    private static Activity retrying(ApiRetry retry, @Nullable Instant at) {
        return new Activity.Retrying(
                retry.trouble(),
                retry.attempt(),
                retry.of(),
                at == null ? null : at.plus(retry.delay()));
    }
}
