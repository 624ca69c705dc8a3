package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.time.Duration;
import java.util.UUID;

/// A call that is running. Thread-safe.
///
/// @param token by which the server reports its progress
/// @param started in nanoseconds of [System#nanoTime]
record McpCall(ToolRequest request, ToolContext context, String token, long started) {
    McpCall(ToolRequest request, ToolContext context) {
        this(request, context, UUID.randomUUID().toString(), System.nanoTime());
    }

    /// Tells the session how far the server is.
    void onProgress(ProgressNotification progress) {
        ObjectNode line =
                Json.object()
                        .put("type", "tool_progress")
                        .put("tool_use_id", request.id())
                        .put("tool_name", request.name())
                        .putNull("parent_tool_use_id")
                        .put(
                                "elapsed_time_seconds",
                                Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0);
        ObjectNode own = line.putObject("oriel_progress").put("progress", progress.progress());
        if (progress.total() != null) {
            own.put("total", progress.total());
        }
        if (progress.message() != null) {
            own.put("message", McpTexts.shortened(progress.message()));
        }
        context.emit().accept(line);
    }
}
