package dev.oriel.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is kept of a session beside its messages.
///
/// @param title one line of at most [#MAX_TITLE_LENGTH] characters, whatever it was made from
/// @param cwd the folder as it was named when the session was made; this process need not be able
///   to name it, as file names depend on the locale
/// @param agent `cli`, `api` or `demo`
/// @param conversation the agent's own id of the conversation, null before its first turn
/// @param costUsd what the agent said it has cost so far, US dollars
/// @param ended whether it was ended on purpose; a new prompt opens it again
/// @param error why it failed, a sentence for a person, or null
/// @param origin the dialect by which it was made, as `sessions` or `relay`
/// @param options [dev.oriel.agent.AgentOptions] as JSON, or null for none
/// @param recency orders sessions by their last change: a higher number is a later change, whatever
///   the clock said
/// @param lastSeq seq of the last journaled message, 0 if there is none
public record SessionRecord(
        UUID id,
        @Nullable String title,
        String cwd,
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
        long recency,
        long lastSeq) {

    /// Characters of a title; what is longer is cut.
    public static final int MAX_TITLE_LENGTH = 200;

    /// Characters of an error; what is longer is cut.
    private static final int MAX_ERROR_LENGTH = 2_000;

    public SessionRecord {
        title = titleFrom(title);
        error = error == null ? null : BoundedLine.truncate(error, MAX_ERROR_LENGTH);
    }

    /// A title of any text: one line, at most [#MAX_TITLE_LENGTH] characters.
    ///
    /// @return null if nothing is left
    public static @Nullable String titleFrom(@Nullable String text) {
        return text == null ? null : BoundedLine.from(text, MAX_TITLE_LENGTH);
    }

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
                recency,
                seq);
    }

    /// Without what its clients asked of the agent, which may be large: for lists.
    public SessionRecord withoutOptions() {
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
                null,
                createdAt,
                updatedAt,
                recency,
                lastSeq);
    }
}
