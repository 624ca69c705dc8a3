package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The tools that a session's clients provide to its agent.
///
/// The tools may change while the agent runs; [Agent#onToolsChanged()] notifies the agent.
/// Thread-safe; no method blocks.
public interface ToolHost {
    /// Always without tools.
    ToolHost NONE =
            new ToolHost() {
                @Override
                public List<ExternalTool> tools() {
                    return List.of();
                }

                @Override
                public CompletableFuture<ToolResult> call(String name, ObjectNode input) {
                    return CompletableFuture.completedFuture(
                            ToolResult.error("There is no tool " + name + "."));
                }
            };

    /// The tools that are defined now.
    List<ExternalTool> tools();

    /// Calls a tool. The permission to call it has already been checked.
    ///
    /// @return the tool's result. Never completes exceptionally: a failure is a result with
    ///   [ToolResult#isError()]. Cancelling it cancels the call at the client that runs the tool
    CompletableFuture<ToolResult> call(String name, ObjectNode input);
}
