package dev.oriel.session.api;

import org.jspecify.annotations.Nullable;

/// Who created a session: the dialect of the client and, if that dialect tells its clients apart,
/// which client.
///
/// @param dialect name of the dialect
/// @param subject the subject of the client's token; null for a client with the server's token
public record SessionOrigin(String dialect, @Nullable String subject) {
    /// @param text result of [#toString]
    static SessionOrigin parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new SessionOrigin(text, null)
                : new SessionOrigin(text.substring(0, colon), text.substring(colon + 1));
    }

    /// The form in the journal.
    @Override
    public String toString() {
        return subject == null ? dialect : dialect + ":" + subject;
    }
}
