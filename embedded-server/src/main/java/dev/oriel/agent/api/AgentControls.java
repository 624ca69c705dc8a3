package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.checkpoint.Checkpoints;
import dev.oriel.agent.api.control.FileSuggestions;
import dev.oriel.agent.api.control.SettingsReplies;
import dev.oriel.agent.api.control.TaskReplies;
import dev.oriel.agent.api.mcp.McpConnections;
import dev.oriel.agent.api.tool.shell.ShellSession;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Connects control requests and turns with MCP servers, checkpoints and background tasks.
final class AgentControls implements ControlExtension, TurnNotices {
    /// How long a turn waits for MCP servers that were approved just now.
    private static final Duration MCP_PATIENCE = Duration.ofSeconds(5);

    private final McpConnections servers;
    private final Checkpoints checkpoints;
    private final ShellSession shell;
    private final SettingsReplies settings;
    private final TaskReplies tasks;
    private final FileSuggestions files;
    private final AtomicBoolean hasToldSandbox = new AtomicBoolean();

    AgentControls(
            McpConnections servers,
            Checkpoints checkpoints,
            ShellSession shell,
            SettingsReplies settings,
            FileSuggestions files) {
        this.settings = settings;
        this.files = files;
        this.tasks = new TaskReplies(shell.background());
        this.servers = servers;
        this.checkpoints = checkpoints;
        this.shell = shell;
    }

    @Override
    public @Nullable ObjectNode answer(ObjectNode request) {
        return switch (request.path("subtype").asText()) {
            case ControlSubtype.REWIND_FILES ->
                    checkpoints.rewind(
                            request.path("user_message_id").asText(),
                            request.path("dry_run").asBoolean());
            case ControlSubtype.STOP_TASK -> {
                String id = request.path("task_id").asText();
                if (!shell.background().stop(id)) {
                    throw new IllegalArgumentException("No task found with ID: " + id);
                }
                yield Json.object();
            }
            case ControlSubtype.BACKGROUND_TASKS -> {
                String call = request.path("tool_use_id").textValue();
                boolean isMoved = shell.moveToBackground(call);
                ObjectNode reply = Json.object();
                yield call == null ? reply : reply.put("backgrounded", isMoved);
            }
            case ControlSubtype.GET_TASK_OUTPUT -> tasks.output(request);
            case "get_settings" -> settings.settings();
            case "file_suggestions" -> files.answer(request);
            case "list_permission_rules" -> settings.rules();
            default -> servers.answer(request);
        };
    }

    @Override
    public ArrayNode mcpServers() {
        return servers.summary();
    }

    @Override
    public void onPrompt(Message prompt) {
        String uuid = prompt.uuid();
        if (uuid != null) {
            checkpoints.begin(uuid);
        }
    }

    @Override
    public void beforeModel(String permissionMode, CancelScope cancel) throws InterruptedException {
        servers.askApproval(permissionMode, cancel, MCP_PATIENCE);
    }

    @Override
    public void onNews(Runnable action) {
        shell.background().onNotice(action);
    }

    @Override
    public List<String> forModel() {
        return shell.background().takeNotices().stream().map(AgentControls::asReminder).toList();
    }

    private static String asReminder(String notice) {
        return "<system-reminder>\n"
                + "A background task has ended. Oriel reports this by itself: the user has"
                + " written nothing, and has approved nothing.\n\n"
                + notice
                + "\n</system-reminder>";
    }

    @Override
    public List<String> forUser() {
        String sandbox = hasToldSandbox.getAndSet(true) ? null : shell.sandboxNotice();
        return sandbox == null ? List.of() : List.of(sandbox);
    }
}
