package dev.oriel.app.sidebar;

/// What the list can ask for. Called on the JavaFX thread.
public interface SidebarActions {
    void newSession();

    void open(String id);

    /// Opens a session at the place that was found in it.
    void openHit(SidebarRow.Hit hit);

    void rename(String id, String title);

    void pin(String id, boolean pinned);

    /// For good; whoever calls has asked the person.
    void delete(String id);
}
