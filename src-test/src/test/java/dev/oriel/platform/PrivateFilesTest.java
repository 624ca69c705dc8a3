package dev.oriel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir private Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadANewFile() throws IOException {
        assertThat(permissions(PrivateFiles.createNew(folder.resolve("file"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aNewFileMustNotExist() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> PrivateFiles.createNew(file))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("text");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aMissingFileIsCreatedWithItsFolders() throws IOException {
        Path file = PrivateFiles.createIfMissing(folder.resolve("a/b/file"));
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("a"))).isEqualTo("rwx------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anExistingFileKeepsItsContentAndPermissions() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        PrivateFiles.createIfMissing(file);
        assertThat(file).hasContent("text");
        assertThat(permissions(file)).isEqualTo("rw-r-----");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkWithoutATargetGetsAPrivateTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
        PrivateFiles.createIfMissing(link);
        assertThat(permissions(folder.resolve("target"))).isEqualTo("rw-------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anExistingFolderKeepsItsPermissions() throws IOException {
        Path existing = Files.createDirectory(folder.resolve("existing"));
        Files.setPosixFilePermissions(existing, PosixFilePermissions.fromString("rwxr-x---"));
        PrivateFiles.createFolders(existing);
        assertThat(permissions(existing)).isEqualTo("rwxr-x---");
        PrivateFiles.restrictFolder(existing);
        assertThat(permissions(existing)).isEqualTo("rwx------");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
