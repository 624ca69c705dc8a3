package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import java.util.List;

/// The permissions of one agent: its mode, the rules of all sources, the folders that it may use.
/// Thread-safe. May read settings files and resolve paths: not for a session's lane.
public interface Permissions {
    /// `default`, `acceptEdits`, `plan`, `dontAsk`, `auto` or `bypassPermissions`.
    String mode();

    /// @return false if the mode is unknown or not allowed
    boolean setMode(String mode);

    Verdict judge(ToolRequest call, ToolNeeds needs);

    /// Applies the `updatedPermissions` of a reply to an ask, an array.
    ///
    /// @return sentences for the user about updates that were not applied
    List<String> update(JsonNode updates);

    /// Adds allow rules until [#endTurn], for example the `allowed-tools` of a command.
    void allowForTurn(List<String> rules);

    /// Removes the rules of [#allowForTurn].
    void endTurn();

    /// Sentences for the user about settings files that cannot be read, each once.
    List<String> takeNotices();
}
