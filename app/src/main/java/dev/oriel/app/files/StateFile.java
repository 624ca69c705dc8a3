package dev.oriel.app.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// State kept between starts in one JSON object; read and write failures are only logged. Confined
/// to one thread; saved asynchronously.
public final class StateFile {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    private final JsonFile file;
    private final Executor writer;
    private final ObjectNode stored;

    /// @param writer a single thread, so that changes are saved in order
    public StateFile(JsonFile file, Executor writer) {
        this.file = file;
        this.writer = writer;
        this.stored = file.read();
    }

    /// The mutable state. The caller calls [#save] after each change.
    public ObjectNode content() {
        return stored;
    }

    /// Saves a copy of the current state.
    public void save() {
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
