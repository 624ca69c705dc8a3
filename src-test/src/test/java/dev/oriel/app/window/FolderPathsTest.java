package dev.oriel.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPathsTest {
    @TempDir Path folder;

    @Test
    void aFolderDialogOpensAtTheChosenTheMostRecentOrTheHomeFolder() throws Exception {
        Path last = Files.createDirectory(folder.resolve("last"));
        Path gone = folder.resolve("gone");
        assertThat(FolderPaths.initialFolder(folder.toString(), List.of(last))).isEqualTo(folder);
        assertThat(FolderPaths.initialFolder("", List.of(gone, last))).isEqualTo(last);
        assertThat(FolderPaths.initialFolder("\0", List.of(last))).isEqualTo(last);
        assertThat(FolderPaths.initialFolder("", List.of()))
                .isEqualTo(Path.of(System.getProperty("user.home")));
    }
}
