package dev.oriel.session.api;

import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentSecrets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a session is made from. Null means the server's own choice.
///
/// @param origin the dialect of the client that makes it
/// @param subject who that client is, where its dialect tells its clients apart; else null
/// @param id chosen by the client; null for a new one
/// @param cwd an existing folder; null for the home folder
/// @param agent `cli`, `api` or `demo`
/// @param resume the agent's own id of a conversation to go on with
/// @param secrets for the agents of its maker's prompts, which must be a guest
public record SessionSpec(
        String origin,
        @Nullable String subject,
        @Nullable UUID id,
        @Nullable Path cwd,
        @Nullable String title,
        @Nullable String agent,
        @Nullable String model,
        @Nullable String permissionMode,
        @Nullable UUID resume,
        AgentOptions options,
        AgentSecrets secrets) {

    /// Origin of sessions that a client of the native wire makes.
    public static final String NATIVE = "sessions";

    /// Whether a client of another dialect makes it. What such a client chooses holds for its own
    /// prompts ([#promptSettings]) and is not the session's.
    public boolean isByGuest() {
        return !origin.equals(NATIVE);
    }

    /// What a guest's prompts run with.
    ///
    /// @param standardMode where the client has chosen none
    public PromptSettings promptSettings(@Nullable String standardMode) {
        return new PromptSettings(
                model, permissionMode == null ? standardMode : permissionMode, options, secrets);
    }

    /// One that leaves everything to the server.
    public static Builder builder(String origin) {
        return new Builder(origin);
    }

    /// What a client wishes, as far as it has said. Not for several threads.
    public static final class Builder {
        private final String origin;
        private @Nullable String subject;
        private @Nullable UUID id;
        private @Nullable Path cwd;
        private @Nullable String title;
        private @Nullable String agent;
        private @Nullable String model;
        private @Nullable String permissionMode;
        private @Nullable UUID resume;
        private AgentOptions options = AgentOptions.NONE;
        private AgentSecrets secrets = AgentSecrets.NONE;

        private Builder(String origin) {
            this.origin = origin;
        }

        public Builder subject(@Nullable String who) {
            subject = who;
            return this;
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
                    subject,
                    id,
                    cwd,
                    title,
                    agent,
                    model,
                    permissionMode,
                    resume,
                    options,
                    secrets);
        }
    }
}
