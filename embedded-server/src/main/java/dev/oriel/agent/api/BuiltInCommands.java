package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.context.ContextUsage;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.turn.ContextLimit;
import dev.oriel.agent.api.turn.TurnEngine.SettingsSource;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnOutcome;
import dev.oriel.agent.api.turn.TurnOutput;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.agent.api.turn.TurnUsage;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The slash commands that the agent answers without its model, as CLI 2.1.332 does. [#run] is
/// called by the agent's thread; the other methods are thread-safe.
final class BuiltInCommands {
    private static final Map<String, String> DESCRIPTIONS =
            new TreeMap<>(
                    Map.of(
                            "clear", "Forget the conversation and begin anew",
                            "compact", "Replace the conversation by a summary",
                            "context", "Show what fills the context window",
                            "cost", "Show what the conversation has cost",
                            "model", "Show or choose the model"));

    private final AgentParts parts;
    private final ModelSettings models;
    private final TurnUsage usage;
    private final TurnMessages messages;
    private final TurnOutput output;
    private final ContextLimit limit;
    private final SettingsSource settings;
    private final IdleMemory memory;

    BuiltInCommands(
            AgentParts parts,
            ModelSettings models,
            TurnUsage usage,
            TurnMessages messages,
            TurnOutput output,
            ContextLimit limit,
            SettingsSource settings,
            IdleMemory memory) {
        this.parts = parts;
        this.models = models;
        this.usage = usage;
        this.messages = messages;
        this.output = output;
        this.limit = limit;
        this.settings = settings;
        this.memory = memory;
    }

    /// As `initialize` lists them.
    static List<ObjectNode> list() {
        return DESCRIPTIONS.entrySet().stream()
                .map(command ->
                        Json.object()
                                .put("name", command.getKey())
                                .put("description", command.getValue())
                                .put("argumentHint", hint(command.getKey()))
                                .put("builtin", true))
                .toList();
    }

    private static String hint(String name) {
        return switch (name) {
            case "compact" -> "[what the summary should keep]";
            case "model" -> "[model]";
            default -> "";
        };
    }

    /// Runs a command. Its prompt is the last message of the conversation.
    ///
    /// @return null if there is no such command
    /// @throws java.util.concurrent.CancellationException if the scope is cancelled
    @Nullable TurnOutcome run(Message prompt, String name, String arguments, CancelScope cancel)
            throws InterruptedException {
        return switch (name) {
            case "clear" -> clear(prompt);
            case "compact" -> compact(arguments, cancel);
            case "context" -> answer(name, arguments, context(cancel));
            case "cost" -> answer(name, arguments, cost());
            case "model" -> answer(name, arguments, model(arguments));
            default -> null;
        };
    }

    private TurnOutcome clear(Message prompt) {
        output.emit(
                Message.of(
                        messages.line(MessageType.CONVERSATION_RESET)
                                .put("new_conversation_id", messages.conversation().toString())
                                .put("trigger", "clear")
                                .put("user_message_uuid", prompt.uuid())));
        return new TurnOutcome.Completed("", null);
    }

    private TurnOutcome compact(String instruction, CancelScope cancel)
            throws InterruptedException {
        int size;
        synchronized (parts.history()) {
            size = parts.history().messages().size();
        }
        if (size <= 1) {
            return answer("compact", instruction, "There is nothing to summarize yet.");
        }
        try {
            if (!limit.compactNow(settings.get(cancel), cancel, instruction)) {
                return answer("compact", instruction, "The conversation could not be summarized.");
            }
        } catch (ApiException e) {
            return answer("compact", instruction, e.getMessage());
        }
        output.emit(
                Message.of(
                        messages.userText("<local-command-stdout>Compacted</local-command-stdout>")
                                .put("isReplay", true)));
        return new TurnOutcome.Completed("", null);
    }

    /// Answers a prompt in place of the model. Neither becomes part of the conversation.
    TurnOutcome answer(String command, String arguments, String text) {
        ObjectNode block = Json.object().put("type", BlockType.TEXT).put("text", text);
        ObjectNode line = messages.synthetic(block);
        line.put(
                "local_command_source",
                "<local-command-stdout>" + text + "</local-command-stdout>");
        line.putObject("local_command_run").put("command", command).put("args", arguments);
        output.emit(Message.of(line));
        return new TurnOutcome.Completed(text, null);
    }

    /// The reply to `get_context_usage`.
    ///
    /// @throws ApiException if no model is known
    /// @throws IOException if the conversation cannot be read
    ObjectNode contextUsage(CancelScope cancel) throws ApiException, IOException {
        TurnSettings now = settings.get(cancel);
        int instructions = parts.system().instructionsSize();
        memory.hold();
        try {
            synchronized (parts.history()) {
                return ContextUsage.of(now, parts.history(), instructions);
            }
        } finally {
            memory.release();
        }
    }

    private String context(CancelScope cancel) {
        ObjectNode reply;
        try {
            reply = contextUsage(cancel);
        } catch (ApiException e) {
            return e.getMessage();
        } catch (IOException e) {
            return "The conversation cannot be read.";
        }
        long window = Math.max(1, reply.path("maxTokens").asLong());
        StringBuilder text = new StringBuilder("## Context usage\n\n");
        text.append("**Model:** ").append(reply.path("model").asText());
        text.append(
                "  \n**Tokens:** %,d of %,d (%d%%)\n\n"
                        .formatted(
                                reply.path("totalTokens").asLong(),
                                window,
                                reply.path("percentage").asInt()));
        text.append("| Category | Tokens | Percentage |\n|---|---|---|\n");
        for (JsonNode category : reply.path("categories")) {
            long tokens = category.path("tokens").asLong();
            text.append(
                    "| %s | %,d | %.1f%% |\n"
                            .formatted(
                                    category.path("name").asText(),
                                    tokens,
                                    100.0 * tokens / window));
        }
        return text.toString();
    }

    /// What the conversation has cost, for the user.
    String cost() {
        StringBuilder text = new StringBuilder();
        Double cost = usage.cost();
        text.append(
                cost == null
                        ? "The price of a model is not known, so the cost is not known either.\n"
                        : "Estimated cost: $%.4f\n".formatted(cost));
        usage.models()
                .properties()
                .forEach(model -> {
                    JsonNode counts = model.getValue();
                    text.append(
                            "%s: %,d input, %,d output, %,d cache read, %,d cache write"
                                    .formatted(
                                            model.getKey(),
                                            counts.path("inputTokens").asLong(),
                                            counts.path("outputTokens").asLong(),
                                            counts.path("cacheReadInputTokens").asLong(),
                                            counts.path("cacheCreationInputTokens").asLong()));
                    if (counts.has("costUSD")) {
                        text.append(" ($%.4f)".formatted(counts.path("costUSD").asDouble()));
                    }
                    text.append('\n');
                });
        return text.toString().strip();
    }

    /// The reply to `get_usage`.
    ObjectNode usage() {
        ObjectNode reply = Json.object();
        ObjectNode session = reply.putObject("session");
        Double cost = usage.cost();
        if (cost != null) {
            session.put("total_cost_usd", cost);
        }
        session.set("model_usage", usage.models());
        return reply;
    }

    private String model(String wanted) {
        if (wanted.isBlank()) {
            ModelInfo current = models.model();
            return current == null
                    ? "The model is the one that the server lists first."
                    : "The model is `" + current.id() + "`. `/model NAME` chooses another one.";
        }
        if (!wanted.equals("default") && parts.models().find(wanted) == null) {
            return "There is no model `" + wanted + "`.";
        }
        models.setModel(wanted);
        ModelInfo current = models.model();
        return "Set the model to `"
                + (current == null ? wanted : current.id())
                + "` for this session.";
    }
}
