package dev.oriel.app.shell;

import dev.oriel.client.SessionInfo;
import org.jspecify.annotations.Nullable;

/// What the header says of the open page.
///
/// @param path the session's folder
/// @param agent the kind that answers; empty where there is no session
/// @param model null for the agent's default
public record PageHeader(
        String title,
        String path,
        String agent,
        @Nullable String model,
        PermissionMode mode,
        boolean hasSession) {

    static PageHeader from(SessionInfo s) {
        return new PageHeader(
                s.title().isBlank() ? "New session" : s.title(),
                s.cwd(),
                s.agent(),
                s.model(),
                PermissionMode.fromWire(s.permissionMode()),
                true);
    }

    /// Whether a script answers instead of Claude.
    public boolean isDemo() {
        return agent.equals("demo");
    }

    static PageHeader forNewSession() {
        return new PageHeader("", "", "", null, PermissionMode.MANUAL, false);
    }
}
