package dev.oriel.app.sidebar;

import java.util.List;

/// A row of the sidebar.
public sealed interface SidebarRow {
    /// The heading of a group.
    record Heading(String title) implements SidebarRow {}

    /// A session.
    ///
    /// @param folder the last name of the path
    /// @param path the whole path of the working folder
    record Session(
            String id,
            String title,
            String folder,
            String path,
            String age,
            SessionBadge badge,
            boolean pinned)
            implements SidebarRow {}

    /// A message that was found by a search.
    ///
    /// @param seq position of the message
    /// @param title of the session
    /// @param snippet an excerpt; the found words are between U+2068 and U+2069
    record Hit(String session, long seq, String title, String snippet) implements SidebarRow {
        /// The words that were found, each once.
        public List<String> words() {
            return SearchSnippet.words(snippet);
        }

        /// The excerpt without the marks.
        public String text() {
            return SearchSnippet.plain(snippet);
        }
    }
}
