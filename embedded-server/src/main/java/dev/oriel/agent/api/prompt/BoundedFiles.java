package dev.oriel.agent.api.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads text files that somebody else may have written: never devices or pipes, never more than a
/// bound, never outside of the folders that are allowed. Thread-safe.
public final class BoundedFiles {
    private static final String BOM = "\uFEFF";

    private BoundedFiles() {}

    /// The text of a file.
    ///
    /// @param text UTF-8; what is not is replaced
    /// @param isCut whether the file is longer
    public record Text(String text, boolean isCut) {}

    /// Reads the beginning of a regular file.
    ///
    /// @param file may be a link
    /// @return null if it is not a text file, or not a regular one
    /// @throws IOException if it does not exist or cannot be read
    public static @Nullable Text read(Path file, int maxBytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            if (Files.notExists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return null;
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(maxBytes + 1);
        }
        boolean isCut = bytes.length > maxBytes;
        int end = Math.min(bytes.length, maxBytes);
        while (isCut && end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--; // not within a character
        }
        for (int i = 0; i < end; i++) {
            if (bytes[i] == 0) {
                return null;
            }
        }
        String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return new Text(text.startsWith(BOM) ? text.substring(1) : text, isCut);
    }

    /// Resolves links.
    ///
    /// @return null if the file does not exist
    public static @Nullable Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException | SecurityException _) {
            return null;
        }
    }

    /// Whether a file is in a folder when links are resolved.
    ///
    /// @param realFile result of [#real]
    public static boolean isInside(Path realFile, Path folder) {
        Path root = real(folder);
        return root != null && realFile.startsWith(root);
    }

    /// Whether two files have the same owner. True where the file system has none.
    static boolean haveSameOwner(Path a, Path b) {
        try {
            return Files.getOwner(a, LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.getOwner(b, LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
