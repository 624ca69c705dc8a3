package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The replies to control requests of the CLI and of the agent on the Messages API have the same
/// members.
@Timeout(300)
class ControlDifferentialTest {
    @TempDir Path temp;
    private @Nullable AgentComparison agents;

    @BeforeEach
    void begin() throws Exception {
        agents = new AgentComparison(temp);
    }

    @AfterEach
    void end() {
        if (agents != null) {
            agents.close();
        }
    }

    @Test
    void requests() throws Exception {
        List<ObjectNode> requests =
                List.of(
                        request("get_context_usage"),
                        request("get_settings"),
                        request("list_permission_rules"),
                        request("mcp_status"),
                        request("get_session_cost"),
                        request("get_usage"),
                        request("list_models"),
                        request("background_tasks"),
                        request("get_binary_version"),
                        request("get_status"),
                        request("get_hooks_listing"),
                        request("get_plan"),
                        request("file_suggestions").put("query", "a.t"),
                        request("get_task_output").put("task_id", "none"),
                        request("stop_task").put("task_id", "none"),
                        request("set_model").put("model", "claude-sonnet-5"),
                        request("set_permission_mode").put("mode", "plan"),
                        request("set_permission_mode").put("mode", "nonsense"),
                        request("set_max_thinking_tokens").put("max_thinking_tokens", 4_000),
                        request("reload_skills"),
                        request("rewind_files")
                                .put("user_message_id", "00000000-0000-4000-8000-000000000000")
                                .put("dry_run", true),
                        request("mcp_reconnect").put("serverName", "none"),
                        request("mcp_toggle").put("serverName", "none").put("enabled", false),
                        request("cancel_async_message").put("message_uuid", "none"),
                        request("apply_flag_settings")
                                .set("settings", Json.object().put("effortLevel", "low")),
                        request("nonsense"));
        Objects.requireNonNull(agents)
                .compareReplies(
                        folder -> Files.writeString(folder.resolve("a.txt"), "a"),
                        List.of(FakeReply.text("Done")),
                        requests);
    }

    private static ObjectNode request(String subtype) {
        return Json.object().put("subtype", subtype);
    }
}
