package dev.oriel.app.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small file that contains one JSON object, replaced atomically. See [AtomicFile].
public final class JsonFile {
    private static final Logger LOG = LoggerFactory.getLogger(JsonFile.class);

    private final AtomicFile file;

    public JsonFile(Path path) {
        this.file = new AtomicFile(path);
    }

    /// Reads the object; an empty one if the file does not exist or cannot be read, because the
    /// window must open in any case. A malformed file is renamed. Failures are logged.
    public ObjectNode read() {
        try {
            Optional<byte[]> bytes = file.read();
            return bytes.isPresent() ? parse(bytes.get()) : Json.object();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file.path(), e.toString());
            return Json.object();
        }
    }

    private ObjectNode parse(byte[] bytes) throws IOException {
        try {
            return Json.parseObject(bytes);
        } catch (MalformedMessageException e) {
            LOG.warn(
                    "{} is malformed ({}) and was renamed to {}",
                    file.path(),
                    e.getMessage(),
                    file.setAside());
            return Json.object();
        }
    }

    public void write(ObjectNode object) throws IOException {
        file.write(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(object));
    }

    public void delete() throws IOException {
        file.delete();
    }

    public Path path() {
        return file.path();
    }
}
