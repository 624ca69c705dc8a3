package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The settings as they are now; every change counts at once and is written behind. Belongs to the
/// JavaFX thread. What a newer version keeps in the same file stays there.
public final class SettingsViewModel {
    private final JsonFile file;
    private final ObjectNode stored;
    private final Executor writer;
    private final Consumer<String> trouble;
    private final ReadOnlyObjectWrapper<Settings> settings;

    /// @param writer one thread, so that the last change is the last one written
    /// @param trouble hears sentences for the person, on the writer's thread
    public SettingsViewModel(JsonFile file, Executor writer, Consumer<String> trouble) {
        this.file = file;
        this.stored = file.read();
        this.writer = writer;
        this.trouble = trouble;
        this.settings = new ReadOnlyObjectWrapper<>(Settings.fromJson(stored));
    }

    public void update(UnaryOperator<Settings> by) {
        Settings next = by.apply(settings.get());
        if (next.equals(settings.get())) {
            return;
        }
        settings.set(next);
        stored.setAll(next.toJson());
        ObjectNode snapshot = stored.deepCopy();
        writer.execute(() -> {
            try {
                file.write(snapshot);
            } catch (IOException _) {
                trouble.accept("The settings could not be saved to " + file.path() + ".");
            }
        });
    }

    /// @param pixels more, or less if negative; 0 for the usual size
    public void zoom(int pixels) {
        update(s ->
                s.withTextSize(pixels == 0 ? Settings.DEFAULT_TEXT_SIZE : s.textSize() + pixels));
    }

    public Settings current() {
        return settings.get();
    }

    public ReadOnlyObjectProperty<Settings> settings() {
        return settings.getReadOnlyProperty();
    }
}
