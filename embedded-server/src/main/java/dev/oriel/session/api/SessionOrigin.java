package dev.oriel.session.api;

import org.jspecify.annotations.Nullable;

/// Whose a session is: the dialect of the client that made it and, where that dialect tells its
/// clients apart, which one.
///
/// @param dialect its name
/// @param subject as the client's token says; null for whoever has the server's token
public record SessionOrigin(String dialect, @Nullable String subject) {
    /// @param text what [#toString] made
    static SessionOrigin parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new SessionOrigin(text, null)
                : new SessionOrigin(text.substring(0, colon), text.substring(colon + 1));
    }

    /// As the journal keeps it.
    @Override
    public String toString() {
        return subject == null ? dialect : dialect + ":" + subject;
    }
}
