package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the window remembers of itself: its place, whether the sidebar was shown, the session that
/// was open. Belongs to the JavaFX thread; written behind. Nothing here is worth a word to the
/// person if it is lost.
public final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

    private final JsonFile file;
    private final Executor writer;
    private final ObjectNode stored;

    public Memory(JsonFile file, Executor writer) {
        this.file = file;
        this.writer = writer;
        this.stored = file.read();
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
        write();
    }

    public boolean sidebar() {
        return stored.path("sidebar").asBoolean(true);
    }

    public void sidebar(boolean shown) {
        stored.put("sidebar", shown);
        write();
    }

    public @Nullable String lastSession() {
        return stored.path("session").textValue();
    }

    public void lastSession(@Nullable String id) {
        stored.put("session", id);
        write();
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
        write();
    }

    private void write() {
        ObjectNode snapshot = stored.deepCopy();
        writer.execute(() -> {
            try {
                file.write(snapshot);
            } catch (IOException e) {
                LOG.warn("{} cannot be written: {}", file.path(), e.toString());
            }
        });
    }
}
