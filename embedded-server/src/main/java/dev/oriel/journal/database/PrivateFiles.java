package dev.oriel.journal.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Makes files and folders that only their owner can read, from their first moment on.
///
/// Where there are no POSIX permissions (Windows) the folder's own access list decides. What exists
/// already is left as it is: its owner chose it.
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    public static Path create(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode("rwx------"));
        }
        try {
            Files.createFile(file, mode("rw-------"));
        } catch (FileAlreadyExistsException _) {
            // Somebody made it before, and with the mode that suits them. A link to a file that is
            // not there is also "there": SQLite would make that file, readable by everybody.
            if (!Files.exists(file)) {
                Files.newByteChannel(
                                file,
                                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                mode("rw-------"))
                        .close();
            }
        }
        return file;
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
