package dev.oriel.app.shell;

import dev.oriel.client.SessionInfo;
import org.jspecify.annotations.Nullable;

/// What the header says of the open page.
///
/// @param path the session's folder
/// @param agent the kind that answers; empty where there is no session
/// @param model null for the agent's default
public record Header(
        String title,
        String path,
        String agent,
        @Nullable String model,
        Mode mode,
        boolean session) {

    static Header of(SessionInfo s) {
        return new Header(
                s.title().isBlank() ? "New session" : s.title(),
                s.cwd(),
                s.agent(),
                s.model(),
                Mode.of(s.permissionMode()),
                true);
    }

    /// Whether a script answers instead of Claude.
    public boolean demo() {
        return agent.equals("demo");
    }

    static Header begin() {
        return new Header("", "", "", null, Mode.MANUAL, false);
    }
}
