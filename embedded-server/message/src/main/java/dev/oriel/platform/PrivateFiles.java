package dev.oriel.platform;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Creates files and folders that only their owner can read. They are created with these
/// permissions, so there is no moment at which others could open them.
///
/// On file systems without POSIX permissions (Windows) the access list of the folder decides. The
/// permissions of existing files and folders are not changed.
public final class PrivateFiles {
    private static final String FILE = "rw-------";
    private static final String FOLDER = "rwx------";

    private PrivateFiles() {}

    /// Creates a file.
    ///
    /// @throws FileAlreadyExistsException if it exists, also as a link without a target
    public static Path createNew(Path file) throws IOException {
        return Files.createFile(file, mode(file, FILE));
    }

    /// Creates a file and its folders unless they exist. A link without a target gets its target.
    public static Path createIfMissing(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            createFolders(folder);
        }
        try {
            createNew(file);
        } catch (FileAlreadyExistsException _) {
            // For example a link without a target: opened by SQLite, its target would be readable
            // by everybody.
            if (!Files.exists(file)) {
                Files.newByteChannel(
                                file,
                                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                mode(file, FILE))
                        .close();
            }
        }
        return file;
    }

    /// Creates a folder and its parents unless they exist.
    public static Path createFolders(Path folder) throws IOException {
        return Files.isDirectory(folder)
                ? folder
                : Files.createDirectories(folder, mode(folder, FOLDER));
    }

    /// Takes a folder's permissions from everybody but its owner.
    public static void restrictFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
        }
    }

    private static FileAttribute<?>[] mode(Path file, String permissions) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
