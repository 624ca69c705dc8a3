package dev.oriel.session.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folders that the user trusts, with a digest of what each would have run at that time. Any
/// thread; reads and writes a file.
public final class TrustedFolders {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedFolders.class);
    private static final int MAX_FOLDERS = 1_000;

    private final @Nullable Path file;

    /// Content of the file, read with the first question, so that the start waits neither for the
    /// disk nor for the JSON library. Guarded by this.
    private @Nullable ObjectNode read;

    private TrustedFolders(@Nullable Path file) {
        this.file = file;
    }

    /// Keeps trusted folders until the process ends.
    public static TrustedFolders inMemory() {
        return new TrustedFolders(null);
    }

    /// Keeps trusted folders in a file. If it cannot be read, no folder is trusted.
    public static TrustedFolders in(Path file) {
        return new TrustedFolders(file);
    }

    /// Requires the lock.
    private ObjectNode digests() {
        ObjectNode known = read;
        if (known == null) {
            known = read();
            read = known;
        }
        return known;
    }

    private ObjectNode read() {
        if (file == null || !Files.exists(file)) {
            return Json.object();
        }
        try {
            return Json.parseObject(Files.readAllBytes(file));
        } catch (IOException e) {
            LOG.warn("The trusted folders in {} cannot be read; none is trusted", file);
            return Json.object();
        }
    }

    /// @param digest of what the folder would run now
    public synchronized boolean trusts(Path folder, String digest) {
        return digest.equals(digests().path(key(folder)).textValue());
    }

    public synchronized void trust(Path folder, String digest) {
        String key = key(folder);
        ObjectNode digests = digests();
        digests.remove(key);
        digests.put(key, digest);
        while (digests.size() > MAX_FOLDERS) {
            digests.remove(digests.fieldNames().next());
        }
        save(digests);
    }

    /// Resolves links: a link to a folder is that folder.
    private static String key(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize().toString();
        }
    }

    private void save(ObjectNode digests) {
        Path to = file;
        if (to == null) {
            return;
        }
        try {
            Path next = to.resolveSibling(to.getFileName() + ".next");
            Files.deleteIfExists(next);
            PrivateFiles.createNew(next);
            Files.write(next, Json.encode(digests));
            Files.move(next, to, StandardCopyOption.REPLACE_EXISTING);
            if (Files.isSymbolicLink(to) || !Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                LOG.warn("The trusted folders were not saved where they belong: {}", to);
            }
        } catch (IOException e) {
            LOG.warn("The trusted folders cannot be saved in {}: {}", to, e.toString());
        }
    }
}
