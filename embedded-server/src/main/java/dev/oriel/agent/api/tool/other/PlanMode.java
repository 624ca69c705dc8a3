package dev.oriel.agent.api.tool.other;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.message.Json;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The plan mode of one agent: its beginning, its end and the mode in between. Thread-safe.
final class PlanMode {
    private static final String PLAN = "plan";

    private final Permissions permissions;
    private @Nullable String before; // the mode before plan mode; guarded by this

    PlanMode(Permissions permissions) {
        this.permissions = permissions;
    }

    boolean isActive() {
        return permissions.mode().equals(PLAN);
    }

    synchronized void begin(ToolContext context) {
        if (!isActive()) {
            before = permissions.mode();
            permissions.setMode(PLAN);
            report(context);
        }
    }

    /// @param wanted the mode that the user has chosen; null for the one before
    synchronized void end(@Nullable String wanted, ToolContext context) {
        if (isActive() && (wanted == null || !permissions.setMode(wanted))) {
            permissions.setMode(before == null ? "default" : before);
        }
        before = null;
        report(context);
    }

    private void report(ToolContext context) {
        ObjectNode status = Json.object().put("type", "system").put("subtype", "status");
        status.putNull("status");
        context.emit().accept(status.put("permissionMode", permissions.mode()));
    }

    /// Where plans are kept.
    static Path folder(ToolContext context) {
        return context.privateFolder().resolve("plans");
    }
}
