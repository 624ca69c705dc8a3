package dev.oriel.app.sidebar;

/// What the sidebar does with sessions. Called on the JavaFX thread.
public interface SidebarActions {
    /// Shows the page of a new session.
    void newSession();

    /// Opens a session.
    void open(String id);

    /// Opens a session at the message that was found.
    void openHit(SidebarRow.Hit hit);

    /// Renames a session; a blank title is ignored.
    void rename(String id, String title);

    /// Pins a session to the top of the list, or unpins it.
    void pin(String id, boolean pinned);

    /// Deletes a session permanently. The caller has asked the user to confirm.
    void delete(String id);
}
