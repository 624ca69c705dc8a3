package dev.oriel.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is kept of a session beside its messages.
///
/// @param agent `cli`, `api` or `demo`
/// @param conversation the agent's own id of the conversation, null before its first turn
/// @param costUsd what the agent said it has cost so far, US dollars
/// @param ended whether it was ended on purpose; a new prompt opens it again
/// @param error why it failed, a sentence for a person, or null
/// @param origin the dialect by which it was made, as `sessions` or `relay`
/// @param options [dev.oriel.agent.AgentOptions] as JSON, or null for none
/// @param lastSeq seq of the last journaled message, 0 if there is none
public record SessionRecord(
        UUID id,
        @Nullable String title,
        Path cwd,
        String agent,
        @Nullable UUID conversation,
        @Nullable String model,
        @Nullable String permissionMode,
        boolean pinned,
        boolean archived,
        boolean ended,
        double costUsd,
        @Nullable String error,
        String origin,
        @Nullable String options,
        Instant createdAt,
        Instant updatedAt,
        long lastSeq) {

    public SessionRecord withLastSeq(long seq) {
        return new SessionRecord(
                id,
                title,
                cwd,
                agent,
                conversation,
                model,
                permissionMode,
                pinned,
                archived,
                ended,
                costUsd,
                error,
                origin,
                options,
                createdAt,
                updatedAt,
                seq);
    }
}
