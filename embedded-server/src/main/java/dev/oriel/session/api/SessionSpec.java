package dev.oriel.session.api;

import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentSecrets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a client specifies for a new session. Null means the server's default.
///
/// @param origin the client that creates the session
/// @param id chosen by the client; null for a random one
/// @param cwd an existing folder; null for the home folder
/// @param agent `cli`, `api` or `demo`
/// @param resume the agent's own id of a conversation to continue
/// @param effort how much the agents of the session think, such as `high`
/// @param settings a guest's: those of its prompts. Else those of the session, without secrets
public record SessionSpec(
        SessionOrigin origin,
        @Nullable UUID id,
        @Nullable Path cwd,
        @Nullable String title,
        @Nullable String agent,
        @Nullable UUID resume,
        @Nullable String effort,
        PromptSettings settings) {

    /// Origin of sessions that are created over the native wire.
    public static final String NATIVE = "sessions";

    /// True if a client of another dialect creates the session. What such a client chooses holds
    /// for its own prompts ([#promptSettings]) and is not part of the session.
    public boolean isByGuest() {
        return !origin.dialect().equals(NATIVE);
    }

    /// The settings of a guest's prompts.
    ///
    /// @param defaultMode permission mode if the client has chosen none
    public PromptSettings promptSettings(@Nullable String defaultMode) {
        return settings.permissionMode() == null
                ? new PromptSettings(
                        settings.model(), defaultMode, settings.options(), settings.secrets())
                : settings;
    }

    /// Starts with the server's defaults, for any client of a dialect.
    public static Builder builder(String dialect) {
        return builder(new SessionOrigin(dialect, null));
    }

    /// Starts with the server's defaults.
    public static Builder builder(SessionOrigin origin) {
        return new Builder(origin);
    }

    /// Collects what a client specifies. Not thread-safe.
    public static final class Builder {
        private final SessionOrigin origin;
        private @Nullable UUID id;
        private @Nullable Path cwd;
        private @Nullable String title;
        private @Nullable String agent;
        private @Nullable String model;
        private @Nullable String permissionMode;
        private @Nullable UUID resume;
        private @Nullable String effort;
        private AgentOptions options = AgentOptions.NONE;
        private AgentSecrets secrets = AgentSecrets.NONE;

        private Builder(SessionOrigin origin) {
            this.origin = origin;
        }

        public Builder id(@Nullable UUID chosen) {
            id = chosen;
            return this;
        }

        public Builder cwd(@Nullable Path folder) {
            cwd = folder;
            return this;
        }

        public Builder title(@Nullable String text) {
            title = text;
            return this;
        }

        public Builder agent(@Nullable String kind) {
            agent = kind;
            return this;
        }

        public Builder model(@Nullable String name) {
            model = name;
            return this;
        }

        public Builder permissionMode(@Nullable String mode) {
            permissionMode = mode;
            return this;
        }

        public Builder resume(@Nullable UUID conversation) {
            resume = conversation;
            return this;
        }

        public Builder effort(@Nullable String level) {
            effort = level;
            return this;
        }

        public Builder options(AgentOptions wanted) {
            options = wanted;
            return this;
        }

        public Builder secrets(AgentSecrets kept) {
            secrets = kept;
            return this;
        }

        public SessionSpec build() {
            return new SessionSpec(
                    origin,
                    id,
                    cwd,
                    title,
                    agent,
                    resume,
                    effort,
                    new PromptSettings(model, permissionMode, options, secrets));
        }
    }
}
