package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.permission.Verdict;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import java.util.List;
import java.util.Set;

/// Permissions that allow what is harmless, deny what has a denied `name`, and ask otherwise.
public final class AskingPermissions implements Permissions {
    private final Set<String> denied;

    /// @param denied values of the input's member `name`
    public AskingPermissions(String... denied) {
        this.denied = Set.of(denied);
    }

    @Override
    public String mode() {
        return "default";
    }

    @Override
    public boolean setMode(String mode) {
        return false;
    }

    @Override
    public Verdict judge(ToolRequest call, ToolNeeds needs) {
        if (denied.contains(call.input().path("name").asText())) {
            return new Verdict.Deny("rule", "Denied by a rule.");
        }
        return needs.isHarmless()
                ? new Verdict.Allow("other")
                : new Verdict.Ask("other", null, null, null);
    }

    @Override
    public List<String> update(JsonNode updates) {
        return List.of();
    }

    @Override
    public void allowForTurn(List<String> rules) {}

    @Override
    public void endTurn() {}

    @Override
    public List<String> takeNotices() {
        return List.of();
    }
}
