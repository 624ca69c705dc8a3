package dev.oriel.app.composer.attach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.attach.AttachmentPreparation.Prepared;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.app.composer.attach.DraftAttachment.Status;
import dev.oriel.app.conversation.item.ByteSize;
import dev.oriel.app.files.AtomicFile;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.media.MediaFormat;
import dev.oriel.message.Json;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Attachments of drafts on disk, so that neither the end of the window nor a crash loses them: for
/// each draft a folder with a file `list.json` and one file for each content. Only the owner can
/// read them.
///
/// Blocks. Used by one thread at a time.
public final class AttachmentStore {
    private static final Logger LOG = LoggerFactory.getLogger(AttachmentStore.class);
    private static final String LIST = "list.json";
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

    private final Path folder;

    public AttachmentStore(Path folder) {
        this.folder = folder;
    }

    /// Reads the attachments of all drafts, by the name of the draft's folder. What is damaged is
    /// left out, and logged.
    public Map<String, List<DraftAttachment>> read() {
        Map<String, List<DraftAttachment>> all = new HashMap<>();
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder)) {
            for (Path draft : drafts) {
                List<DraftAttachment> list = readList(draft);
                if (!list.isEmpty()) {
                    all.put(draft.getFileName().toString(), list);
                }
            }
        } catch (NoSuchFileException _) {
            // Nothing was ever attached.
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Cannot read the attachments in {}: {}", folder, e.toString());
        }
        return all;
    }

    private static List<DraftAttachment> readList(Path draft) {
        List<DraftAttachment> list = new ArrayList<>();
        for (JsonNode entry : new JsonFile(draft.resolve(LIST)).read().path("attachments")) {
            DraftAttachment a = parse(entry);
            if (a != null && Files.isRegularFile(draft.resolve(a.id()))) {
                list.add(a);
            } else {
                LOG.warn("Skipped a damaged attachment in {}", draft);
            }
        }
        return list;
    }

    private static @Nullable DraftAttachment parse(JsonNode entry) {
        String id = entry.path("id").asText();
        try {
            return ID.matcher(id).matches()
                    ? new DraftAttachment(
                            id,
                            Kind.valueOf(entry.path("kind").asText()),
                            entry.path("name").asText(),
                            entry.path("path").asText(),
                            MediaFormat.valueOf(entry.path("format").asText()),
                            entry.path("bytes").asLong(),
                            entry.path("width").asInt(),
                            entry.path("height").asInt(),
                            entry.path("lines").asInt(),
                            new Status.Ready())
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Writes the content of an attachment. It belongs to the draft once [#writeList] names it.
    public void write(String key, String id, byte[] content) throws IOException {
        Path draft = draft(key);
        PrivateFiles.createFolders(draft);
        new AtomicFile(draft.resolve(id)).write(content);
    }

    /// Reads a file of the user, and prepares it.
    static Prepared readFile(DraftAttachment empty, Path file) {
        try {
            if (Files.isDirectory(file)) {
                return AttachmentPreparation.refused(empty, "Folders cannot be attached.", true);
            }
            if (!Files.exists(file)) {
                return AttachmentPreparation.refused(empty, "The file does not exist.", false);
            }
            if (!Files.isRegularFile(file)) {
                return AttachmentPreparation.refused(empty, "This is not a file.", true);
            }
            if (Files.size(file) > AttachmentLimits.MAX_FILE_BYTES) {
                String most = ByteSize.format(AttachmentLimits.MAX_FILE_BYTES);
                return AttachmentPreparation.refused(
                        empty, "The file is larger than " + most + ".", true);
            }
            return AttachmentPreparation.prepare(empty, Files.readAllBytes(file));
        } catch (IOException e) {
            return AttachmentPreparation.refused(empty, "The file cannot be read.", false);
        }
    }

    public byte[] read(String key, String id) throws IOException {
        return Files.readAllBytes(draft(key).resolve(id));
    }

    /// Replaces the list of a draft's attachments, and deletes the content of all others. Failures
    /// are logged.
    ///
    /// @param list only those that are ready are kept
    public void writeList(String key, List<DraftAttachment> list) {
        List<DraftAttachment> ready = list.stream().filter(DraftAttachment::isReady).toList();
        Path draft = draft(key);
        try {
            if (!ready.isEmpty()) {
                ObjectNode object = Json.object();
                ArrayNode entries = object.putArray("attachments");
                ready.forEach(a -> entries.add(format(a)));
                PrivateFiles.createFolders(draft);
                new JsonFile(draft.resolve(LIST)).write(object);
            }
            List<String> ids = list.stream().map(DraftAttachment::id).toList();
            if (Files.isDirectory(draft)) {
                deleteOthers(draft, ids, ready.isEmpty());
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Cannot write the attachments in {}: {}", draft, e.toString());
        }
    }

    private static void deleteOthers(Path draft, List<String> ids, boolean all) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(draft)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.equals(LIST) ? all : !ids.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        if (ids.isEmpty()) {
            Files.deleteIfExists(draft);
        }
    }

    private static ObjectNode format(DraftAttachment a) {
        return Json.object()
                .put("id", a.id())
                .put("kind", a.kind().name())
                .put("name", a.name())
                .put("path", a.path())
                .put("format", a.format().name())
                .put("bytes", a.bytes())
                .put("width", a.width())
                .put("height", a.height())
                .put("lines", a.lines());
    }

    /// The name of a draft's folder. Session ids hold letters, digits and dashes only.
    static String folderName(String key) {
        return key.replaceAll("[^A-Za-z0-9-]", "_");
    }

    private Path draft(String key) {
        return folder.resolve(folderName(key));
    }
}
