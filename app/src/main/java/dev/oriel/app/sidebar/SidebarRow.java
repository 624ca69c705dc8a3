package dev.oriel.app.sidebar;

import java.util.List;

/// A line of the list.
public sealed interface SidebarRow {
    /// The name of a group.
    record Heading(String title) implements SidebarRow {}

    /// A session.
    ///
    /// @param folder short, for a person
    /// @param path the whole of it
    record Session(
            String id,
            String title,
            String folder,
            String path,
            String age,
            SessionBadge badge,
            boolean pinned)
            implements SidebarRow {}

    /// A place where a session says what was looked for.
    ///
    /// @param title of the session
    /// @param snippet the words around it; the found ones stand between U+2068 and U+2069
    record Hit(String session, long seq, String title, String snippet) implements SidebarRow {
        /// The words that were found.
        public List<String> words() {
            return SearchSnippet.words(snippet);
        }

        /// The words and what stands around them.
        public String text() {
            return SearchSnippet.plain(snippet);
        }
    }
}
