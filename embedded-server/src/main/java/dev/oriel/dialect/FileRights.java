package dev.oriel.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// Who beside its owner may read or change a file, by its POSIX permissions. Links are followed.
///
/// Where there are no POSIX permissions (Windows) the access list of the folder decides, which by
/// default lets in the owner alone; it is not looked at here.
///
/// @param readableByOthers by the file's group or by every user
/// @param writableByOthers by the file's group or by every user, or replaceable by every user
/// @param writableByEveryone by every user, or replaceable by every user
public record FileRights(
        boolean readableByOthers, boolean writableByOthers, boolean writableByEveryone) {

    private static final FileRights OWNER_ALONE = new FileRights(false, false, false);
    private static final int STICKY = 01000;

    /// Looks at a file or folder that is there.
    public static FileRights of(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return OWNER_ALONE;
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

    /// In a folder that every user may write to, every user may also rename files and put others in
    /// their place, unless the folder has the sticky bit, as `/tmp` has.
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
