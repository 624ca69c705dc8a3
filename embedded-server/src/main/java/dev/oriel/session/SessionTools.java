package dev.oriel.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.ToolResult;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.command.ToolCommands;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.tools.ClientTools;
import dev.oriel.session.tools.ToolDefinition;
import dev.oriel.session.tools.ToolOwner;
import java.util.concurrent.CompletableFuture;

/// The tools that clients run for a session's agent.
///
/// **Threads.** As [Session]: every method may be called from any thread and returns at once.
public final class SessionTools {
    private final Lane lane;
    private final ClientTools tools;
    private final ToolCommands commands;

    SessionTools(Lane lane, ClientTools tools, ToolCommands commands) {
        this.lane = lane;
        this.tools = tools;
        this.commands = commands;
    }

    /// Adds a tool that a client runs. A prompt that is sent after it can use it.
    ///
    /// @param tool see [ToolDefinition#parse]
    /// @return the parsed definition; fails with [BadRequestException] if it is not valid
    public CompletableFuture<ToolDefinition> define(ToolOwner from, JsonNode tool) {
        var done = new CompletableFuture<ToolDefinition>();
        return posted(() -> commands.define(from, tool, done), done);
    }

    /// Adds a tool that a client has defined before, for another session.
    ///
    /// @return fails with [BadRequestException] if there are too many
    public CompletableFuture<ToolDefinition> add(ToolOwner from, ToolDefinition definition) {
        var done = new CompletableFuture<ToolDefinition>();
        return posted(() -> commands.add(from, definition, done), done);
    }

    private <T> CompletableFuture<T> posted(Runnable command, CompletableFuture<T> done) {
        return lane.post(command)
                ? done
                : CompletableFuture.failedFuture(new BadRequestException("the session is gone"));
    }

    /// Removes the tools of a client that has left; calls that wait for it fail.
    public void removeAll(ToolOwner from) {
        lane.post(() -> commands.removeAll(from));
    }

    /// Passes the output of a client's tool on, at once.
    ///
    /// @return false if no such call of this client's waits
    public boolean receiveOutput(ToolOwner from, String callId, ToolResult result) {
        return tools.receiveOutput(from, callId, result);
    }
}
