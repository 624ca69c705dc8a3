package dev.oriel.app.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A path that a model wrote opens a file, and never starts a program.
class LocalFilesTest {
    @TempDir private Path folder;

    private final List<List<String>> commands = new ArrayList<>();
    private boolean missing;

    private void open(OperatingSystem system, Path file) {
        new LocalFiles(system, Runnable::run, commands::add).open(file, () -> missing = true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "Main.java", "b.PDF", "c.tar.json", "notes.md", "x y.png"})
    void filesOfKnownKindsAreOpened(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name)).toRealPath();
        open(OperatingSystem.LINUX, file);
        assertThat(commands).containsExactly(List.of("xdg-open", file.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run.sh", "a.desktop", "a.exe", "a.bat", "a.cmd", "a.ps1", "a.jar", "a.py", "a.js",
                "a.vbs", "a.hta", "a.lnk", "a.url", "a.reg", "a.scr", "a.app", "a.command", "a",
                ".txt", "txt", "a.txt.exe", "a.AppImage", "Makefile", "a.html"
            })
    void everyOtherFileIsShownInItsFolder(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        open(OperatingSystem.LINUX, file);
        assertThat(commands).containsExactly(List.of("xdg-open", folder.toRealPath().toString()));
    }

    @ParameterizedTest
    @EnumSource(OperatingSystem.class)
    void eachSystemShowsAFileItsOwnWay(OperatingSystem system) throws IOException {
        Path file = Files.createFile(folder.resolve("a.exe")).toRealPath();
        open(system, file);
        assertThat(commands.getFirst())
                .containsExactlyElementsOf(
                        switch (system) {
                            case WINDOWS -> List.of("explorer.exe", "/select," + file);
                            case MACOS -> List.of("open", "-R", file.toString());
                            case LINUX -> List.of("xdg-open", String.valueOf(file.getParent()));
                        });
    }

    @Test
    void anExecutableFileIsNotOpenedWhateverItsName() {
        assertThat(LocalFiles.isOpened(Path.of("/a/notes.txt"), true)).isFalse();
        assertThat(LocalFiles.isOpened(Path.of("/a/notes.txt"), false)).isTrue();
    }

    @Test
    void aLinkToAProgramIsNotOpened() throws IOException {
        Path program = Files.createFile(folder.resolve("tool.exe"));
        Path link = Files.createSymbolicLink(folder.resolve("innocent.txt"), program);
        open(OperatingSystem.LINUX, link);
        assertThat(commands).containsExactly(List.of("xdg-open", folder.toRealPath().toString()));
    }

    @Test
    void aFileThatDoesNotExistIsReported() {
        open(OperatingSystem.LINUX, folder.resolve("gone.txt"));
        assertThat(missing).isTrue();
        assertThat(commands).isEmpty();
    }

    @Test
    void relativePathsLeadFromTheFolderOfTheSession() {
        assertThat(LocalFiles.resolve("src/a.c", "/home/x")).isEqualTo(Path.of("/home/x/src/a.c"));
        assertThat(LocalFiles.resolve("/b/../c", "/home/x")).isEqualTo(Path.of("/c"));
        assertThat(LocalFiles.resolve("a", "")).isNull();
        assertThat(LocalFiles.resolve("", "/home/x")).isNull();
        assertThat(LocalFiles.resolve("a\0b", "/home/x")).isNull();
    }
}
