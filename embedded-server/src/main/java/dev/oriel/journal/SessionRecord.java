package dev.oriel.journal;

import dev.oriel.message.Graphemes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stored properties of a session.
///
/// @param title one line of at most [#MAX_TITLE_LENGTH] characters; the constructor converts and
///   truncates other text
/// @param cwd the working folder's path as it was given when the session was created. File names
///   depend on the locale, so that this process can be unable to represent it as a
///   [java.nio.file.Path]
/// @param agent `cli`, `api` or `demo`
/// @param conversation the agent's own id of the conversation; null before its first turn
/// @param costUsd total cost so far as reported by the agent, US dollars
/// @param ended whether the session was ended on purpose; a new prompt reopens it
/// @param error why the session failed, a sentence for the user; null if it did not
/// @param origin name of the dialect that created the session, such as `sessions` or `relay`
/// @param options [dev.oriel.agent.AgentOptions] as JSON; null for none
/// @param recency orders sessions by their last change: a higher number is a later change, also if
///   the clock was set back
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

    /// Maximum length of a title in UTF-16 code units. Longer titles are truncated.
    public static final int MAX_TITLE_LENGTH = 200;

    /// Maximum length of an error in UTF-16 code units. Longer errors are truncated.
    private static final int MAX_ERROR_LENGTH = 2_000;

    public SessionRecord {
        title = titleFrom(title);
        error = error == null ? null : Graphemes.truncate(error, MAX_ERROR_LENGTH);
    }

    /// Converts any text to a title: one line of at most [#MAX_TITLE_LENGTH] characters.
    ///
    /// @return null if nothing remains
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

    /// @param dialect the dialect that created the session, and its client
    public SessionRecord withOrigin(String dialect) {
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
                dialect,
                options,
                createdAt,
                updatedAt,
                recency,
                lastSeq);
    }

    /// This record without its options, which can be large, for lists.
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
