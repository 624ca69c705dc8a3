package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.permission.Verdict;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Permissions that let files of one folder be read, and ask for everything else.
public final class FolderPermissions implements Permissions {
    private final Path folder;

    public FolderPermissions(Path folder) {
        this.folder = folder;
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
        boolean inside = needs.reads().stream().allMatch(this::isInside);
        return inside && needs.writes().isEmpty() && needs.command() == null
                ? new Verdict.Allow("mode")
                : new Verdict.Ask("workingDir", null, null, null);
    }

    private boolean isInside(String path) {
        try {
            return folder.resolve(path).toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
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
