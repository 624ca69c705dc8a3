package dev.oriel.agent.api.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.files.FileIndex;
import dev.oriel.files.FolderWalk;
import dev.oriel.files.GitRepository;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Answers `file_suggestions`: files and folders of the session's folder that match what the user
/// types, with the shape of CLI 2.1.332. The folder is listed when it is first needed, and again
/// after some seconds. Thread-safe; blocks on the disk.
public final class FileSuggestions {
    private static final int MOST = 15;
    private static final int MAX_PATHS = 50_000;
    private static final long FRESH = TimeUnit.SECONDS.toNanos(10);

    private final Path folder;
    private final LongSupplier nanoTime;
    private @Nullable FileIndex index; // guarded by this
    private long listedAt; // guarded by this

    /// @param folder the session's folder
    public FileSuggestions(Path folder) {
        this(folder, System::nanoTime);
    }

    FileSuggestions(Path folder, LongSupplier nanoTime) {
        this.folder = folder;
        this.nanoTime = nanoTime;
    }

    /// `{"suggestions":[{"path":"src/"}], "cwd":"/home/me/project"}`, best first. Paths are
    /// relative to the folder; those of folders end with `/`.
    public ObjectNode answer(ObjectNode request) {
        ObjectNode reply = Json.object();
        ArrayNode suggestions = reply.putArray("suggestions");
        for (FileIndex.Found found : index().find(request.path("query").asText(), MOST)) {
            suggestions.addObject().put("path", found.path());
        }
        return reply.put("cwd", folder.toString());
    }

    private synchronized FileIndex index() {
        FileIndex known = index;
        if (known == null || nanoTime.getAsLong() - listedAt >= FRESH) {
            known = list();
            index = known;
            listedAt = nanoTime.getAsLong();
        }
        return known;
    }

    private FileIndex list() {
        Path real;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            return new FileIndex(List.of(), false); // it was deleted
        }
        FolderWalk walk = new FolderWalk(real, MAX_PATHS, GitRepository.userRules(), nanoTime);
        return new FileIndex(walk.run(_ -> {}), walk.isIncomplete());
    }
}
