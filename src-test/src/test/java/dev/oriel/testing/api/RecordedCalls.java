package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.FileChangeListener;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls tools as the agent's turn does, without model and permissions, and records the messages
/// that they emit.
public final class RecordedCalls {
    private final AtomicInteger calls = new AtomicInteger();
    private final List<ObjectNode> emitted = new CopyOnWriteArrayList<>();
    private final CancelScope cancel = new CancelScope();
    private final ToolContext context;

    /// @param folder the session's folder
    /// @param privateFolder the folder for the agent's own files
    public RecordedCalls(Path folder, Path privateFolder) {
        context =
                new ToolContext(
                        folder,
                        cancel,
                        new ReadState(),
                        FileChangeListener.NONE,
                        privateFolder,
                        emitted::add,
                        null);
    }

    public ToolContext context() {
        return context;
    }

    /// Ends when [CancelScope#cancel] is called, as in an interrupted turn.
    public CancelScope cancel() {
        return cancel;
    }

    /// The messages so far.
    public List<ObjectNode> emitted() {
        return emitted;
    }

    /// A call with a new id.
    ///
    /// @param input a JSON object
    public ToolRequest request(Tool tool, ObjectNode input) {
        return new ToolRequest("toolu_" + calls.incrementAndGet(), tool.name(), input);
    }

    /// Checks a call, and runs it if it has no fault.
    public ToolOutcome call(Tool tool, ObjectNode input) throws InterruptedException {
        return call(tool, input, context);
    }

    /// As [#call(Tool, ObjectNode)], with the user's answer to the call's ask.
    public ToolOutcome callAnswered(Tool tool, ObjectNode input, ObjectNode answer)
            throws InterruptedException {
        return call(tool, input, context.withReply(answer));
    }

    private ToolOutcome call(Tool tool, ObjectNode input, ToolContext with)
            throws InterruptedException {
        ToolRequest request = request(tool, input);
        ToolOutcome.Fail fault = tool.check(request, with);
        return fault == null ? tool.run(request, with) : fault;
    }

    /// As [#call(Tool, ObjectNode)], with an input without members that contain members.
    ///
    /// @param members names and values in turn
    public ToolOutcome call(Tool tool, String... members) throws InterruptedException {
        ObjectNode input = Json.object();
        for (int i = 0; i < members.length; i += 2) {
            input.put(members[i], members[i + 1]);
        }
        return call(tool, input);
    }
}
