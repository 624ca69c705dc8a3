package dev.oriel.app.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small file that holds one JSON object.
public final class JsonFile {
    private static final Logger LOG = LoggerFactory.getLogger(JsonFile.class);

    private final AtomicFile file;

    public JsonFile(Path path) {
        this.file = new AtomicFile(path);
    }

    /// What it holds, or an empty object if there is none. One that cannot be read is set aside,
    /// with a word in the log: a window must open all the same.
    public ObjectNode read() {
        try {
            Optional<byte[]> bytes = file.read();
            return bytes.isPresent() ? parsed(bytes.get()) : Json.object();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file.path(), e.toString());
            return Json.object();
        }
    }

    private ObjectNode parsed(byte[] bytes) throws IOException {
        try {
            return Json.parseObject(bytes);
        } catch (MalformedMessageException e) {
            LOG.warn("{} is {}; it was kept as {}", file.path(), e.getMessage(), file.setAside());
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
