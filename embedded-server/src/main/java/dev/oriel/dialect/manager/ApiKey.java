package dev.oriel.dialect.manager;

import dev.oriel.platform.FileRights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key of the dialect's clients, as its file contains it now (wire.md 5.1). Must not be logged.
final class ApiKey {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKey.class);

    /// Longer than any key, in bytes.
    private static final int MAX_BYTES = 4_096;

    private final byte[] key;

    private ApiKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /// Reads the first existing file. Blocks.
    ///
    /// @return empty if no file exists, if it contains no key, or if other users can read or
    ///   replace it; then no client can log in
    static Optional<ApiKey> load(List<Path> locations) {
        Optional<Path> file = locations.stream().filter(Files::isRegularFile).findFirst();
        if (file.isEmpty()) {
            LOG.warn("There is no key file, so no manager client can log in");
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file.get())) {
            FileRights rights = FileRights.of(file.get());
            if (rights.readableByOthers() || rights.writableByOthers()) {
                LOG.warn(
                        "Other users can read the manager's key file {} or change it, so no"
                                + " manager client can log in. Run chmod 600 on it, in a folder"
                                + " that only you can write to.",
                        file.get());
                return Optional.empty();
            }
            byte[] read = in.readNBytes(MAX_BYTES);
            String text = new String(read, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                LOG.warn("The key file is empty, so no manager client can log in");
                return Optional.empty();
            }
            return Optional.of(new ApiKey(text));
        } catch (IOException e) {
            LOG.warn(
                    "The key file cannot be read, so no manager client can log in: {}",
                    e.toString());
            return Optional.empty();
        }
    }

    /// Takes the same time for all wrong keys of one length.
    boolean matches(String candidate) {
        return MessageDigest.isEqual(key, candidate.getBytes(StandardCharsets.UTF_8));
    }
}
