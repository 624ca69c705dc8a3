package dev.oriel.session.api;

import org.jspecify.annotations.Nullable;

/// What the user changes of a session; null leaves a member as it is.
///
/// @param account that its next agent uses
public record SessionUpdate(
        @Nullable String title,
        @Nullable Boolean pinned,
        @Nullable Boolean archived,
        @Nullable String account) {
    public SessionUpdate(
            @Nullable String title, @Nullable Boolean pinned, @Nullable Boolean archived) {
        this(title, pinned, archived, null);
    }
}
