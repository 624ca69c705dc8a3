package dev.oriel.session.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The operator's decisions for all sessions.
///
/// @param idleTimeout how long an agent may be without work before it is stopped
/// @param maxAgents how many agents run at once, at least 1
/// @param mayBypass whether clients may ask for `bypassPermissions`
/// @param permissionMode of sessions whose client does not choose one; null for the agent's default
/// @param trustFolders whether agents may run what any folder brings, without asking
public record SessionPolicy(
        Duration idleTimeout,
        int maxAgents,
        boolean mayBypass,
        @Nullable String permissionMode,
        boolean trustFolders) {
    /// A policy that trusts no folder without asking.
    public SessionPolicy(
            Duration idleTimeout,
            int maxAgents,
            boolean mayBypass,
            @Nullable String permissionMode) {
        this(idleTimeout, maxAgents, mayBypass, permissionMode, false);
    }

    public SessionPolicy {
        if (maxAgents < 1) {
            throw new IllegalArgumentException("maxAgents must be at least 1");
        }
    }

    public static SessionPolicy defaults() {
        return new SessionPolicy(Duration.ofMinutes(15), 10, false, null);
    }

    public SessionPolicy withMayBypass(boolean may) {
        return new SessionPolicy(idleTimeout, maxAgents, may, permissionMode, trustFolders);
    }
}
