package dev.oriel.agent.api.tool.file;

import dev.oriel.agent.api.tool.ReadState.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/// Makes versions of files from their content.
final class FileVersions {
    private FileVersions() {}

    static Version of(Path file, byte[] content, boolean isComplete) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Version(
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                content.length,
                digest(content),
                isComplete);
    }

    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
