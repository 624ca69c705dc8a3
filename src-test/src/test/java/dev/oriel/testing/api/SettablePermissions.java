package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.permission.Verdict;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Permissions that allow everything, with a mode that can be set to one of the CLI's.
public final class SettablePermissions implements Permissions {
    private static final Set<String> MODES =
            Set.of("default", "acceptEdits", "plan", "dontAsk", "auto");

    private final List<String> allowed = new CopyOnWriteArrayList<>();
    private volatile String mode = "default";

    @Override
    public String mode() {
        return mode;
    }

    @Override
    public boolean setMode(String wanted) {
        if (!MODES.contains(wanted)) {
            return false;
        }
        mode = wanted;
        return true;
    }

    @Override
    public Verdict judge(ToolRequest call, ToolNeeds needs) {
        return new Verdict.Allow("mode");
    }

    @Override
    public List<String> update(JsonNode updates) {
        return List.of();
    }

    @Override
    public void allowForTurn(List<String> rules) {
        allowed.addAll(rules);
    }

    /// The rules that were allowed for the turn.
    public List<String> allowedForTurn() {
        return allowed;
    }

    @Override
    public void endTurn() {}

    @Override
    public List<String> takeNotices() {
        return List.of();
    }
}
