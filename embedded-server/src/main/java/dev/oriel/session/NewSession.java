package dev.oriel.session;

import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a session is made from. Null means the server's own choice.
///
/// @param cwd an existing folder; null for the home folder
/// @param agent `cli`, `api` or `demo`
/// @param resume the agent's own id of a conversation to go on with
public record NewSession(
        @Nullable Path cwd,
        @Nullable String title,
        @Nullable String agent,
        @Nullable String model,
        @Nullable String permissionMode,
        @Nullable UUID resume) {}
