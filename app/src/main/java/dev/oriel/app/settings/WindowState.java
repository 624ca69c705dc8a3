package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.files.StateFile;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The window's state between starts: bounds, visibility of the sidebar, the open session. Saved
/// asynchronously; read and write failures are only logged. Confined to the JavaFX thread.
public final class WindowState {
    private final StateFile state;
    private final ObjectNode stored;

    /// The session that was being opened when the last process exited; null if there was none.
    private final @Nullable String openingAtExit;

    public WindowState(JsonFile file, Executor writer) {
        this.state = new StateFile(file, writer);
        this.stored = state.content();
        this.openingAtExit = stored.path("opening").textValue();
    }

    /// Bounds of the window in pixels.
    public record Bounds(double x, double y, double width, double height, boolean maximized) {}

    public @Nullable Bounds bounds() {
        var json = stored.path("window");
        return json.path("width").isNumber()
                ? new Bounds(
                        json.path("x").asDouble(),
                        json.path("y").asDouble(),
                        json.path("width").asDouble(),
                        json.path("height").asDouble(),
                        json.path("maximized").asBoolean())
                : null;
    }

    public void setBounds(Bounds bounds) {
        stored.putObject("window")
                .put("x", bounds.x())
                .put("y", bounds.y())
                .put("width", bounds.width())
                .put("height", bounds.height())
                .put("maximized", bounds.maximized());
        state.save();
    }

    public boolean isSidebarShown() {
        return stored.path("sidebar").asBoolean(true);
    }

    public void setSidebarShown(boolean shown) {
        stored.put("sidebar", shown);
        state.save();
    }

    public @Nullable String lastSession() {
        return stored.path("session").textValue();
    }

    /// Stores the open session, and that it is being opened until [#onSessionShown()] is called. A
    /// session that was being opened when the process ended is not opened automatically at the next
    /// start, because it may have caused the end.
    public void setOpeningSession(String id) {
        // One write: a process that ends between two would leave one value without the other.
        stored.put("opening", id).put("session", id);
        state.save();
    }

    /// Stores that the open session has been shown.
    public void onSessionShown() {
        if (stored.path("opening").isTextual()) {
            stored.putNull("opening");
            state.save();
        }
    }

    /// Stores that no session is open.
    public void clearSession() {
        stored.putNull("opening").putNull("session");
        state.save();
    }

    /// Whether the last process ended while it was opening this session.
    public boolean wasOpeningAtExit(String session) {
        return session.equals(openingAtExit);
    }

    /// Ids of the sessions in which a turn has ended that the user has not seen.
    public Set<String> unseen() {
        Set<String> ids = new HashSet<>();
        stored.path("unseen").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    public void setUnseen(Set<String> ids) {
        var all = stored.putArray("unseen");
        ids.forEach(all::add);
        state.save();
    }
}
