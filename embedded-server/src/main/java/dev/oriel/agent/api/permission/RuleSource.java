package dev.oriel.agent.api.permission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules that can change while the agent runs, for example those of settings files. Thread-safe.
interface RuleSource {
    /// What settings say besides rules.
    ///
    /// @param defaultMode the mode of a session for which none was chosen; null for `default`
    /// @param folders folders that may be used as the session's own, as they are written
    /// @param forbidsBypass whether no session may use `bypassPermissions`
    /// @param onlyManaged whether only the administrator's rules may allow something
    record Defaults(
            @Nullable String defaultMode,
            List<String> folders,
            boolean forbidsBypass,
            boolean onlyManaged) {
        static final Defaults NONE = new Defaults(null, List.of(), false, false);

        public Defaults {
            folders = List.copyOf(folders);
        }
    }

    /// The rules as they are now. May look at files.
    List<PermissionRule> rules();

    /// May look at files.
    default Defaults defaults() {
        return Defaults.NONE;
    }

    /// Sentences about files that cannot be read, each once.
    default List<String> takeNotices() {
        return List.of();
    }

    /// Whether a file cannot be read that might have denied something.
    default boolean isBroken() {
        return false;
    }
}
