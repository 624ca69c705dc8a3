package dev.oriel.session.api;

import org.jspecify.annotations.Nullable;

/// What the user changes of a session; null leaves a member as it is.
public record SessionUpdate(
        @Nullable String title, @Nullable Boolean pinned, @Nullable Boolean archived) {}
