package dev.oriel.agent.api.permission;

import java.util.List;

/// Rules that can change while the agent runs, for example those of settings files. Thread-safe.
interface RuleSource {
    /// The rules as they are now. May look at files.
    List<PermissionRule> rules();

    /// Sentences about files that cannot be read, each once.
    default List<String> takeNotices() {
        return List.of();
    }

    /// Whether a file cannot be read that might have denied something.
    default boolean isBroken() {
        return false;
    }
}
