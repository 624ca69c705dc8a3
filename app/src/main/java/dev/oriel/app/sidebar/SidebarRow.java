package dev.oriel.app.sidebar;

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
            Mark mark,
            boolean pinned)
            implements SidebarRow {}
}
