package dev.oriel.app.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is remembered from one start to the next, and worth no word to the person if it is lost.
/// Belongs to one thread; written behind.
public final class StateFile {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    private final JsonFile file;
    private final Executor writer;
    private final ObjectNode stored;

    /// @param writer writes the file, in the order of the calls
    public StateFile(JsonFile file, Executor writer) {
        this.file = file;
        this.writer = writer;
        this.stored = file.read();
    }

    /// All of it. Who changes it calls [#save].
    public ObjectNode content() {
        return stored;
    }

    /// Keeps it as it is now.
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
