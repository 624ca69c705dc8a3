package dev.oriel.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// The rights of users other than the owner to read or change a file, by its POSIX permissions.
/// Links are followed.
///
/// Without POSIX permissions (on Windows) all components are false: access depends on the folder's
/// access control list, which is not read and by default grants access to the owner only.
///
/// @param readableByOthers readable by the file's group or by every user
/// @param writableByOthers writable by the file's group or by every user, or replaceable by every
///   user
/// @param writableByEveryone writable or replaceable by every user
public record FileRights(
        boolean readableByOthers, boolean writableByOthers, boolean writableByEveryone) {

    private static final FileRights OWNER_ONLY = new FileRights(false, false, false);
    private static final int STICKY = 01000;

    /// Reads the rights of an existing file or folder.
    public static FileRights of(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return OWNER_ONLY;
        }
        Set<PosixFilePermission> rights = view.readAttributes().permissions();
        boolean everyone =
                rights.contains(PosixFilePermission.OTHERS_WRITE)
                        || isReplaceable(file.toRealPath());
        return new FileRights(
                rights.contains(PosixFilePermission.GROUP_READ)
                        || rights.contains(PosixFilePermission.OTHERS_READ),
                everyone || rights.contains(PosixFilePermission.GROUP_WRITE),
                everyone);
    }

    /// Whether every user can replace the file. In a folder that is writable by every user, every
    /// user can rename and replace files, unless the folder has the sticky bit, as `/tmp` does.
    private static boolean isReplaceable(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null
                || !Files.getPosixFilePermissions(folder)
                        .contains(PosixFilePermission.OTHERS_WRITE)) {
            return false;
        }
        boolean hasMode = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
        return !hasMode || ((int) Files.getAttribute(folder, "unix:mode") & STICKY) == 0;
    }
}
