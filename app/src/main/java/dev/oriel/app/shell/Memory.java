package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.files.Remembered;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What the window remembers of itself: its place, whether the sidebar was shown, the session that
/// was open. Belongs to the JavaFX thread; written behind. Nothing here is worth a word to the
/// person if it is lost.
public final class Memory {
    private final Remembered remembered;
    private final ObjectNode stored;

    /// The session that was being opened when the window ended; null if it had been shown.
    private final @Nullable String endedBy;

    public Memory(JsonFile file, Executor writer) {
        this.remembered = new Remembered(file, writer);
        this.stored = remembered.stored();
        this.endedBy = stored.path("opening").textValue();
    }

    /// Pixels on the screen.
    public record Place(double x, double y, double width, double height, boolean maximized) {}

    public @Nullable Place place() {
        var p = stored.path("window");
        return p.path("width").isNumber()
                ? new Place(
                        p.path("x").asDouble(),
                        p.path("y").asDouble(),
                        p.path("width").asDouble(),
                        p.path("height").asDouble(),
                        p.path("maximized").asBoolean())
                : null;
    }

    public void place(Place p) {
        stored.putObject("window")
                .put("x", p.x())
                .put("y", p.y())
                .put("width", p.width())
                .put("height", p.height())
                .put("maximized", p.maximized());
        remembered.write();
    }

    public boolean sidebar() {
        return stored.path("sidebar").asBoolean(true);
    }

    public void sidebar(boolean shown) {
        stored.put("sidebar", shown);
        remembered.write();
    }

    public @Nullable String lastSession() {
        return stored.path("session").textValue();
    }

    public void lastSession(@Nullable String id) {
        stored.put("session", id);
        remembered.write();
    }

    /// The session that is about to be shown; null once it has been. What stands here when the
    /// window ends is not opened by itself at the next start: it may have ended it.
    public void opening(@Nullable String id) {
        if (!Objects.equals(id, stored.path("opening").textValue())) {
            stored.put("opening", id);
            remembered.write();
        }
    }

    /// Whether the window ended while it was opening this session.
    public boolean endedBy(String session) {
        return session.equals(endedBy);
    }

    /// Sessions that ended a turn while nobody looked.
    public Set<String> unseen() {
        Set<String> ids = new HashSet<>();
        stored.path("unseen").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    public void unseen(Set<String> ids) {
        var all = stored.putArray("unseen");
        ids.forEach(all::add);
        remembered.write();
    }
}
