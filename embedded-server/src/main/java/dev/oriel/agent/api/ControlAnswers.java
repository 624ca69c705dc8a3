package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnOutput;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.SystemSubtype;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers control requests as CLI 2.1.332 does. Thread-safe; answers may block.
final class ControlAnswers {
    private static final long LIST_SECONDS = 10;

    private final AgentParts parts;
    private final ModelSettings settings;
    private final BuiltInCommands commands;
    private final AgentInbox inbox;
    private final TurnMessages messages;
    private final TurnOutput output;

    ControlAnswers(
            AgentParts parts,
            ModelSettings settings,
            BuiltInCommands commands,
            AgentInbox inbox,
            TurnMessages messages,
            TurnOutput output) {
        this.parts = parts;
        this.settings = settings;
        this.commands = commands;
        this.inbox = inbox;
        this.messages = messages;
        this.output = output;
    }

    /// `system/init`, the first message of each turn.
    Message init() {
        ObjectNode line =
                messages.system(SystemSubtype.INIT).put("cwd", parts.context().folder().toString());
        parts.tools().get().names().forEach(line.putArray("tools")::add);
        line.set("mcp_servers", parts.controls().mcpServers());
        line.put("model", modelId()).put("permissionMode", parts.permissions().mode());
        ArrayNode names = line.putArray("slash_commands");
        commands().forEach(c -> names.add(c.path("name")));
        line.put("apiKeySource", parts.account().auth().name().toLowerCase(Locale.ROOT))
                .put("output_style", "default");
        line.putArray("agents");
        line.putArray("skills");
        line.putArray("plugins");
        capabilities(line);
        line.put("oriel_agent", "api");
        line.putObject("oriel_account")
                .put("id", parts.account().id())
                .put("name", parts.account().name())
                .put("base_url_host", parts.account().baseUrl().getHost());
        return Message.of(line);
    }

    /// @return the inner `response` object
    ObjectNode answer(ObjectNode request) {
        String subtype = request.path("subtype").asText();
        return switch (subtype) {
            case ControlSubtype.INITIALIZE -> success(initialize());
            case ControlSubtype.INTERRUPT -> {
                boolean dropsWaiting = request.path("cancel_queued").asBoolean();
                AgentInbox.Receipt receipt = inbox.interrupt(dropsWaiting);
                ObjectNode reply = Json.object();
                receipt.waiting().forEach(reply.putArray("still_queued")::add);
                if (dropsWaiting) {
                    receipt.dropped().forEach(reply.putArray("cancelled")::add);
                }
                receipt.dropped().forEach(this::dropped);
                yield success(reply);
            }
            case ControlSubtype.SET_MODEL -> setModel(request.path("model").textValue());
            case ControlSubtype.SET_PERMISSION_MODE -> setMode(request.path("mode").asText());
            case ControlSubtype.SET_MAX_THINKING_TOKENS -> {
                settings.setMaxThinking(
                        request.path("max_thinking_tokens").isInt()
                                ? request.path("max_thinking_tokens").intValue()
                                : null);
                yield success(Json.object());
            }
            case ControlSubtype.APPLY_FLAG_SETTINGS -> {
                settings.setEffort(request.path("settings").path("effortLevel").textValue());
                yield success(Json.object());
            }
            case ControlSubtype.CANCEL_ASYNC_MESSAGE -> {
                String uuid = request.path("message_uuid").asText();
                boolean isCancelled = inbox.cancel(uuid);
                if (isCancelled) {
                    dropped(uuid);
                }
                yield success(Json.object().put("cancelled", isCancelled));
            }
            case "get_session_cost" -> success(Json.object().put("text", commands.cost()));
            case "get_context_usage" -> contextUsage();
            case "get_usage" -> success(commands.usage());
            case "get_plan" -> success(Json.object().put("exists", false));
            case "get_status" -> success(status());
            case ControlSubtype.RENAME_SESSION -> success(Json.object()); // the session's title
            case ControlSubtype.RELOAD_SKILLS -> {
                ObjectNode reply = Json.object();
                commands().forEach(reply.putArray("commands")::add);
                yield success(reply);
            }
            case "list_models" -> {
                ObjectNode reply = Json.object();
                reply.set("models", models());
                yield success(reply);
            }
            default -> others(request, subtype);
        };
    }

    private ObjectNode others(ObjectNode request, String subtype) {
        ObjectNode response;
        try {
            response = parts.controls().answer(request);
        } catch (IllegalArgumentException e) {
            return error(String.valueOf(e.getMessage()), "failed");
        }
        if (response != null && subtype.equals("get_settings")) {
            response.putObject("applied").put("model", modelId()).put("effort", settings.effort());
        }
        return response == null
                ? error("Unsupported control request subtype: " + subtype, "unsupported_request")
                : success(response);
    }

    private List<ObjectNode> commands() {
        return Stream.concat(BuiltInCommands.list().stream(), parts.commands().list().stream())
                .sorted(Comparator.comparing(c -> c.path("name").asText()))
                .toList();
    }

    private ObjectNode contextUsage() {
        try {
            return success(commands.contextUsage(limit()));
        } catch (ApiException | IOException | CancellationException e) {
            return error(
                    e instanceof ApiException ? String.valueOf(e.getMessage()) : "No answer.",
                    "failed");
        }
    }

    private ObjectNode status() {
        ObjectNode reply = Json.object();
        ArrayNode sections = reply.putArray("sections");
        ArrayNode session = sections.addObject().put("title", "Session").putArray("rows");
        row(session, "Session ID", messages.conversation().toString());
        row(session, "cwd", parts.context().folder().toString());
        row(session, "Account", parts.account().name());
        row(session, "Server", String.valueOf(parts.account().baseUrl().getHost()));
        row(session, "Model", modelId());
        row(session, "Permission mode", parts.permissions().mode());
        return reply;
    }

    private static void row(ArrayNode rows, String label, String value) {
        rows.addObject().put("label", label).put("value", value);
    }

    /// Cancels a request to the server that takes too long.
    private static CancelScope limit() {
        CancelScope limit = new CancelScope();
        CompletableFuture.delayedExecutor(LIST_SECONDS, TimeUnit.SECONDS).execute(limit::cancel);
        return limit;
    }

    private void dropped(String promptUuid) {
        output.emit(messages.lifecycle(promptUuid, "cancelled"));
    }

    static ObjectNode success(ObjectNode response) {
        ObjectNode success =
                Json.object()
                        .put("subtype", "success")
                        .put("request_id", UUID.randomUUID().toString());
        success.set("response", response);
        return success;
    }

    static ObjectNode error(String what, String code) {
        return Json.object()
                .put("subtype", "error")
                .put("request_id", UUID.randomUUID().toString())
                .put("error", what)
                .put("error_code", code);
    }

    private ObjectNode initialize() {
        ObjectNode response = Json.object();
        commands().forEach(response.putArray("commands")::add);
        response.putArray("agents");
        response.put("output_style", "default");
        response.set("models", models());
        response.putObject("account")
                .put("apiKeySource", parts.account().auth().name().toLowerCase(Locale.ROOT))
                .put("apiProvider", parts.account().name());
        response.put("current_permission_mode", parts.permissions().mode());
        response.put("session_state", inbox.isRunning() ? "running" : "idle");
        capabilities(response);
        return response;
    }

    private static void capabilities(ObjectNode to) {
        to.putArray("capabilities")
                .add("interrupt_receipt_v1")
                .add("interrupt_cancel_queued_v1")
                .add("msg_lifecycle_v1");
    }

    private ArrayNode models() {
        ArrayNode list = Json.mapper().createArrayNode();
        List<ModelInfo> models;
        try {
            models = parts.models().list(limit());
        } catch (ApiException | CancellationException e) {
            ModelInfo known = settings.model(); // the list is a convenience
            models = known == null ? List.of() : List.of(known);
        }
        for (ModelInfo model : models) {
            ObjectNode json =
                    list.addObject()
                            .put("value", model.id())
                            .put("resolvedModel", model.id())
                            .put("displayName", model.displayName())
                            .put("description", model.description())
                            .put("supportsEffort", !model.effortLevels().isEmpty())
                            .put(
                                    "supportsAdaptiveThinking",
                                    model.thinking() == ModelInfo.Thinking.ADAPTIVE);
            ArrayNode levels = json.putArray("supportedEffortLevels");
            model.effortLevels().forEach(levels::add);
        }
        return list;
    }

    private ObjectNode setModel(@Nullable String name) {
        if (name != null && !name.equals("default") && parts.models().find(name) == null) {
            return error("Model '" + name + "' not found", "not_found");
        }
        settings.setModel(name);
        return success(Json.object().put("model", modelId()));
    }

    private ObjectNode setMode(String mode) {
        if (!parts.permissions().setMode(mode)) {
            return mode.equals("bypassPermissions")
                    ? error(
                            "The agent was not started with permissions bypassed",
                            "bypass_not_launched")
                    : error("Invalid permission mode", "invalid_mode");
        }
        output.emit(messages.permissionMode(mode));
        return success(Json.object().put("mode", mode));
    }

    private String modelId() {
        ModelInfo model = settings.model();
        return model == null ? "" : model.id();
    }
}
