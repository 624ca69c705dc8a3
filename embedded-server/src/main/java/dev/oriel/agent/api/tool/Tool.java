package dev.oriel.agent.api.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// A tool that the model can call. One instance serves one agent. Thread-safe: calls may run at the
/// same time.
public interface Tool {
    /// The name by which the model calls it.
    String name();

    /// What the tool does and when to use it, for the model.
    String description();

    /// The JSON Schema of the input, an object schema. The input is validated with it before any
    /// other method is called.
    ObjectNode inputSchema();

    /// Whether calls change nothing, so that several may run at the same time.
    boolean isReadOnly();

    /// Looks for faults that make the call pointless, before its permission is asked for. May read
    /// files.
    ///
    /// @return null if there is none
    default ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        return null;
    }

    /// What the call would do.
    ToolNeeds needs(ToolRequest call, ToolContext context);

    /// Runs the call on the caller's thread, which is a virtual one. Its permission was granted.
    ///
    /// @throws java.util.concurrent.CancellationException if the context's scope was cancelled
    /// @throws InterruptedException if the thread was interrupted
    ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException;
}
