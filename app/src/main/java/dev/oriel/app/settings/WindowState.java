package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.files.StateFile;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What the window remembers of itself: its place, whether the sidebar was shown, the session that
/// was open. Belongs to the JavaFX thread; written behind. Nothing here is worth a word to the
/// person if it is lost.
public final class WindowState {
    private final StateFile remembered;
    private final ObjectNode stored;

    /// The session that was being opened when the window ended; null if it had been shown.
    private final @Nullable String endedBy;

    public WindowState(JsonFile file, Executor writer) {
        this.remembered = new StateFile(file, writer);
        this.stored = remembered.content();
        this.endedBy = stored.path("opening").textValue();
    }

    /// Pixels on the screen.
    public record Bounds(double x, double y, double width, double height, boolean maximized) {}

    public @Nullable Bounds bounds() {
        var p = stored.path("window");
        return p.path("width").isNumber()
                ? new Bounds(
                        p.path("x").asDouble(),
                        p.path("y").asDouble(),
                        p.path("width").asDouble(),
                        p.path("height").asDouble(),
                        p.path("maximized").asBoolean())
                : null;
    }

    public void setBounds(Bounds p) {
        stored.putObject("window")
                .put("x", p.x())
                .put("y", p.y())
                .put("width", p.width())
                .put("height", p.height())
                .put("maximized", p.maximized());
        remembered.save();
    }

    public boolean isSidebarShown() {
        return stored.path("sidebar").asBoolean(true);
    }

    public void setSidebarShown(boolean shown) {
        stored.put("sidebar", shown);
        remembered.save();
    }

    public @Nullable String lastSession() {
        return stored.path("session").textValue();
    }

    public void setLastSession(@Nullable String id) {
        stored.put("session", id);
        remembered.save();
    }

    /// The session that is about to be shown; null once it has been. What stands here when the
    /// window ends is not opened by itself at the next start: it may have ended it.
    public void setOpeningSession(@Nullable String id) {
        if (!Objects.equals(id, stored.path("opening").textValue())) {
            stored.put("opening", id);
            remembered.save();
        }
    }

    /// Whether the window ended while it was opening this session.
    public boolean wasOpeningAtExit(String session) {
        return session.equals(endedBy);
    }

    /// Sessions that ended a turn while nobody looked.
    public Set<String> unseen() {
        Set<String> ids = new HashSet<>();
        stored.path("unseen").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    public void setUnseen(Set<String> ids) {
        var all = stored.putArray("unseen");
        ids.forEach(all::add);
        remembered.save();
    }
}
