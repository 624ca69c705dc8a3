package dev.oriel.app.shell;

import dev.oriel.client.SessionInfo;
import org.jspecify.annotations.Nullable;

/// What the header shows about the open page.
///
/// @param title empty on the page of a new session
/// @param path the session's working folder; may be empty
/// @param agent the kind of the session's agent; empty on the page of a new session
/// @param account the id of the account that the agent uses; null if it uses none
/// @param model null for the agent's default
/// @param effort how much the agent thinks, on the wire; null for its default
/// @param thinkingTokens the limit of its thinking; null for its default
/// @param hasSession false on the page of a new session
public record PageHeader(
        String title,
        String path,
        String agent,
        @Nullable String account,
        @Nullable String model,
        PermissionMode mode,
        @Nullable String effort,
        @Nullable Integer thinkingTokens,
        boolean hasSession) {

    static PageHeader from(SessionInfo s) {
        return new PageHeader(
                s.title().isBlank() ? "New session" : s.title(),
                s.cwd(),
                s.agent(),
                s.account(),
                s.model(),
                PermissionMode.fromWire(s.permissionMode()),
                s.effort(),
                s.maxThinkingTokens(),
                true);
    }

    /// Whether the answers are scripted.
    public boolean isDemo() {
        return agent.equals("demo");
    }

    static PageHeader forNewSession() {
        return new PageHeader("", "", "", null, null, PermissionMode.MANUAL, null, null, false);
    }
}
