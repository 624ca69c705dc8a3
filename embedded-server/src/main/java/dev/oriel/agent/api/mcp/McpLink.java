package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.mcp.transport.CancellableTransport;
import dev.oriel.message.Json;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A connection to an MCP server that was greeted. Thread-safe; methods block, and are
/// interruptible. They throw what the library throws.
final class McpLink implements AutoCloseable {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final int MOST_PAGES = 50;

    private final CancellableTransport transport;
    private final McpSyncClient client;
    private final Map<String, McpCall> calls = new ConcurrentHashMap<>(); // by progress token
    private volatile List<McpSchema.Tool> tools = List.of();
    private volatile List<McpSchema.Prompt> prompts = List.of();

    /// Does not connect yet: see [#greet()].
    McpLink(McpServerConfig config, McpHost host, McpClientTransport to) {
        this.transport = new CancellableTransport(to);
        McpElicitations questions =
                new McpElicitations(config.name(), host.user(), this::runningScope);
        this.client =
                McpClient.sync(transport)
                        .clientInfo(Implementation.builder("oriel", "1").build())
                        .capabilities(
                                ClientCapabilities.builder()
                                        .roots(false)
                                        .elicitation(true, true)
                                        .build())
                        .roots(new Root(host.folder().toUri().toString(), "session"))
                        .elicitation(questions::ask)
                        .urlElicitation(questions::ask)
                        .progressConsumer(this::onProgress)
                        .initializationTimeout(host.greeting())
                        .requestTimeout(config.timeout())
                        .toolsChangeConsumer(changed -> tools = List.copyOf(changed))
                        .promptsChangeConsumer(changed -> prompts = List.copyOf(changed))
                        .build();
    }

    /// Connects, and lists what the server has.
    void greet() {
        client.initialize();
        if (client.getServerCapabilities().tools() != null) {
            tools =
                    all(cursor -> {
                        McpSchema.ListToolsResult page = client.listTools(cursor);
                        return new Page<>(page.tools(), page.nextCursor());
                    });
        }
        if (client.getServerCapabilities().prompts() != null) {
            prompts =
                    all(cursor -> {
                        McpSchema.ListPromptsResult page = client.listPrompts(cursor);
                        return new Page<>(page.prompts(), page.nextCursor());
                    });
        }
    }

    /// Adds what `mcp_status` says about a connected server.
    void describe(ObjectNode json) {
        Implementation info = client.getServerInfo();
        json.putObject("serverInfo").put("name", info.name()).put("version", info.version());
        ArrayNode list = json.putArray("tools");
        for (McpSchema.Tool tool : tools) {
            ObjectNode each = list.addObject().put("name", tool.name());
            if (tool.description() != null) {
                each.put("description", tool.description());
            }
            if (tool.annotations() != null) {
                ObjectNode notes = each.putObject("annotations");
                notes.put("readOnly", Boolean.TRUE.equals(tool.annotations().readOnlyHint()));
                notes.put("destructive", Boolean.TRUE.equals(tool.annotations().destructiveHint()));
            }
        }
    }

    List<McpSchema.Tool> tools() {
        return tools;
    }

    List<McpSchema.Prompt> prompts() {
        return prompts;
    }

    boolean hasResources() {
        return client.getServerCapabilities().resources() != null;
    }

    List<McpSchema.Resource> resources() {
        return all(cursor -> {
            McpSchema.ListResourcesResult page = client.listResources(cursor);
            return new Page<>(page.resources(), page.nextCursor());
        });
    }

    McpSchema.ReadResourceResult read(String uri) {
        return client.readResource(McpSchema.ReadResourceRequest.builder(uri).build());
    }

    McpSchema.GetPromptResult prompt(String name, Map<String, Object> arguments) {
        return client.getPrompt(
                McpSchema.GetPromptRequest.builder(name).arguments(arguments).build());
    }

    /// Calls a tool.
    ///
    /// @param tool the server's name of it
    CallToolResult call(String tool, McpCall call) {
        calls.put(call.token(), call);
        boolean hasEnded = false;
        try {
            CallToolResult result =
                    client.callTool(
                            McpSchema.CallToolRequest.builder(tool)
                                    .arguments(
                                            Json.mapper().convertValue(call.request().input(), MAP))
                                    .meta(
                                            Map.of(
                                                    "progressToken",
                                                    call.token(),
                                                    "claudecode/toolUseId",
                                                    call.request().id()))
                                    .build());
            hasEnded = true;
            return result;
        } finally {
            calls.remove(call.token());
            if (hasEnded) {
                transport.forget(call.token());
            } else {
                transport.cancel(call.token());
            }
        }
    }

    private void onProgress(ProgressNotification progress) {
        McpCall call = calls.get(String.valueOf(progress.progressToken()));
        if (call != null) {
            call.onProgress(progress);
        }
    }

    private @Nullable CancelScope runningScope() {
        return calls.values().stream().findFirst().map(c -> c.context().cancel()).orElse(null);
    }

    /// @param next null if it is the last one
    private record Page<T>(List<T> items, @Nullable String next) {}

    private static <T> List<T> all(Function<@Nullable String, Page<T>> list) {
        List<T> all = new ArrayList<>();
        String cursor = null;
        for (int n = 0; n < MOST_PAGES; n++) {
            Page<T> page = list.apply(cursor);
            all.addAll(page.items());
            cursor = page.next();
            if (cursor == null || cursor.isEmpty()) {
                break;
            }
        }
        return List.copyOf(all);
    }

    /// Ends running calls with an exception.
    @Override
    public void close() {
        try {
            client.close();
        } catch (RuntimeException _) { // it is given up in any case
        }
        // The client does not close it before the server has answered.
        transport.close();
    }
}
