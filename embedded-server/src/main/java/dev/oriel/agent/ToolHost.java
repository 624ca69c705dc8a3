package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The tools of a session that its clients run, as the agent reaches them.
///
/// They come and go while the agent runs; [Agent#onToolsChanged()] tells. Any thread may call;
/// nothing blocks.
public interface ToolHost {
    /// No tools, ever.
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

    /// The tools there are now.
    List<ExternalTool> tools();

    /// Runs a tool. Whether it may run has been decided before.
    ///
    /// @return what it gives. It never fails: whatever goes wrong is a result that is an error. To
    ///   cancel it tells who runs the tool that nobody waits any more
    CompletableFuture<ToolResult> call(String name, ObjectNode input);
}
