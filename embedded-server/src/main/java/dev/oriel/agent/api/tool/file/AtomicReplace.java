package dev.oriel.agent.api.tool.file;

import dev.oriel.platform.RealPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Writes files so that at each moment others see the old content or the new one.
final class AtomicReplace {
    private AtomicReplace() {}

    /// Creates a file, with its folders.
    ///
    /// @param file without links
    /// @throws FileFault if it exists meanwhile, or cannot be written
    static void create(Path file, byte[] content, String given) throws FileFault {
        boolean created = false;
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            requireSamePlace(file, given);
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            Set.of(
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS))) {
                created = true;
                write(channel, content);
            }
        } catch (FileAlreadyExistsException e) {
            throw changed(given);
        } catch (IOException | SecurityException e) {
            if (created) {
                delete(file);
            }
            throw FileFault.failed("The file cannot be created: " + given + reason(e));
        }
    }

    /// Replaces the content of a file, which keeps its permissions. A file with several names (hard
    /// links), or in a folder that cannot be written, is written in place.
    ///
    /// @param file without links
    /// @param expected the content that it should have
    /// @throws FileFault if it changed meanwhile, or cannot be written
    static void replace(Path file, byte[] expected, byte[] content, String given) throws FileFault {
        try {
            PosixFileAttributes posix = posix(file);
            if ((posix != null && !posix.permissions().contains(PosixFilePermission.OWNER_WRITE))
                    || !Files.isWritable(file)) {
                throw FileFault.failed("The file is read-only: " + given + ". It was not changed.");
            }
            Path folder = file.getParent();
            if (folder == null || !Files.isWritable(folder) || hasOtherNames(file)) {
                writeInPlace(file, expected, content, given);
                return;
            }
            Path name = file.getFileName();
            Path temporary = folder.resolve("." + name + "." + Long.toHexString(random()) + ".tmp");
            try {
                writeTemporary(temporary, content, posix);
                requireUnchanged(file, expected, given);
                move(temporary, file);
            } finally {
                delete(temporary);
            }
        } catch (IOException | SecurityException e) {
            throw FileFault.failed(
                    "The file cannot be written: " + given + reason(e) + " It was not changed.");
        }
    }

    private static long random() {
        return ThreadLocalRandom.current().nextLong();
    }

    private static void writeTemporary(
            Path temporary, byte[] content, @Nullable PosixFileAttributes like) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            if (like != null) {
                PosixFileAttributeView view =
                        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
                keepOwner(view, like);
                view.setPermissions(like.permissions()); // after the owner: that can reset them
            }
            write(channel, content);
            channel.force(true);
        }
    }

    private static void keepOwner(PosixFileAttributeView view, PosixFileAttributes like) {
        try {
            if (!view.readAttributes().owner().equals(like.owner())) {
                view.setOwner(like.owner());
            }
            if (!view.readAttributes().group().equals(like.group())) {
                view.setGroup(like.group());
            }
        } catch (IOException | SecurityException e) {
            return; // only root may give files away
        }
    }

    private static void move(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void writeInPlace(Path file, byte[] expected, byte[] content, String given)
            throws IOException, FileFault {
        requireUnchanged(file, expected, given);
        try (FileChannel channel =
                FileChannel.open(
                        file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            try {
                write(channel, content);
                channel.truncate(content.length);
                channel.force(true);
            } catch (IOException e) {
                // The disk is full: what was there before has its place.
                channel.position(0);
                write(channel, expected);
                channel.truncate(expected.length);
                throw e;
            }
        }
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private static void requireUnchanged(Path file, byte[] expected, String given)
            throws IOException, FileFault {
        requireSamePlace(file, given);
        if (Files.size(file) != expected.length
                || !Arrays.equals(Files.readAllBytes(file), expected)) {
            throw changed(given);
        }
    }

    /// A folder that was replaced by a link would lead elsewhere.
    private static void requireSamePlace(Path file, String given) throws IOException, FileFault {
        if (!RealPath.of(file).equals(file)) {
            throw changed(given);
        }
    }

    private static FileFault changed(String given) {
        return FileFault.failed(
                "The file was changed by something else at the same moment: "
                        + given
                        + ". It was not written. Read it again.");
    }

    private static boolean hasOtherNames(Path file) {
        try {
            return Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                            instanceof Integer links
                    && links > 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable PosixFileAttributes posix(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null ? null : view.readAttributes();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException | SecurityException e) {
            return; // it was moved, or stays as a hidden file
        }
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.AccessDeniedException ? " (permission denied)." : ".";
    }
}
