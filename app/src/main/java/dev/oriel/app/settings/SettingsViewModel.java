package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.JsonFile;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The current settings. A change takes effect immediately and is saved asynchronously. Members of
/// the file that this version does not know are kept. Confined to the JavaFX thread, except
/// [#current].
public final class SettingsViewModel {
    private final JsonFile file;
    private final ObjectNode stored;
    private final Executor writer;
    private final Consumer<String> onError;
    private final ReadOnlyObjectWrapper<Settings> settings;

    /// The value of [#settings]; written on the JavaFX thread, read on any.
    private volatile Settings current;

    /// @param writer a single thread, so that changes are saved in order
    /// @param onError receives sentences for the user, on the writer's thread
    public SettingsViewModel(JsonFile file, Executor writer, Consumer<String> onError) {
        this.file = file;
        this.stored = file.read();
        this.writer = writer;
        this.onError = onError;
        this.current = Settings.fromJson(stored);
        this.settings = new ReadOnlyObjectWrapper<>(current);
    }

    /// Changes the settings and saves them.
    public void update(UnaryOperator<Settings> change) {
        Settings next = change.apply(current);
        if (next.equals(current)) {
            return;
        }
        current = next;
        settings.set(next);
        stored.setAll(next.toJson());
        ObjectNode snapshot = stored.deepCopy();
        writer.execute(() -> {
            try {
                file.write(snapshot);
            } catch (IOException _) {
                onError.accept("The settings could not be saved to " + file.path() + ".");
            }
        });
    }

    /// Changes the text size.
    ///
    /// @param pixels the difference; 0 to restore the default size
    public void zoom(int pixels) {
        update(s ->
                s.withTextSize(pixels == 0 ? Settings.DEFAULT_TEXT_SIZE : s.textSize() + pixels));
    }

    /// The settings now; for any thread.
    public Settings current() {
        return current;
    }

    /// The settings, for listeners.
    public ReadOnlyObjectProperty<Settings> settings() {
        return settings.getReadOnlyProperty();
    }
}
