package dev.oriel.agent.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliFinderTest {
    @TempDir Path root;
    private Path home;

    @BeforeEach
    void begin() throws IOException {
        home = Files.createDirectories(root.resolve("home/ada"));
    }

    private Path program(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
        return path;
    }

    private Optional<Path> find(OperatingSystem os, Map<String, String> env) {
        return CliFinder.find(CliSettings.defaults(), new HostMachine(os, root, home, env));
    }

    @Test
    void withoutAnInstallationNothingIsFound() {
        for (OperatingSystem os : OperatingSystem.values()) {
            assertThat(find(os, Map.of())).isEmpty();
        }
    }

    @Test
    void theConfiguredExecutableIsUsedAndNoOther() throws Exception {
        Path set = program(root.resolve("opt/my-claude"));
        Path inPath = program(root.resolve("bin/claude"));
        HostMachine machine =
                new HostMachine(
                        OperatingSystem.LINUX,
                        root,
                        home,
                        Map.of("PATH", inPath.getParent().toString()));

        assertThat(CliFinder.find(CliSettings.defaults().withExecutable(set), machine))
                .contains(set);
        assertThat(
                        CliFinder.find(
                                CliSettings.defaults().withExecutable(root.resolve("gone")),
                                machine))
                .isEmpty();
    }

    @Test
    void thePathIsSearchedBeforeTheUsualFolders() throws Exception {
        program(home.resolve(".local/bin/claude"));
        Path inPath = program(root.resolve("somewhere/claude"));

        assertThat(find(OperatingSystem.LINUX, Map.of("PATH", "/nowhere:" + inPath.getParent())))
                .contains(inPath);
    }

    @Test
    void relativeAndEmptyEntriesOfThePathAreNotFollowed() {
        Path here = Path.of("").toAbsolutePath();
        assertThat(
                        InstallFolders.of(
                                new HostMachine(
                                        OperatingSystem.LINUX,
                                        root,
                                        home,
                                        Map.of("PATH", ":.:bin:/x:"))))
                .contains(Path.of("/x"))
                .allMatch(Path::isAbsolute)
                .noneMatch(p -> p.startsWith(here));
    }

    @ParameterizedTest
    @CsvSource({
        "LINUX, home/ada/.local/bin/claude",
        "LINUX, home/ada/.claude/local/claude",
        "LINUX, home/ada/.npm-global/bin/claude",
        "LINUX, home/ada/.bun/bin/claude",
        "LINUX, home/ada/.nvm/versions/node/v22.3.0/bin/claude",
        "LINUX, home/ada/.local/share/fnm/node-versions/v22.3.0/installation/bin/claude",
        "LINUX, usr/local/bin/claude",
        "LINUX, home/linuxbrew/.linuxbrew/bin/claude",
        "MACOS, home/ada/.local/bin/claude",
        "MACOS, opt/homebrew/bin/claude",
        "MACOS, usr/local/bin/claude",
        "MACOS, home/ada/.volta/bin/claude",
        "WINDOWS, home/ada/.local/bin/claude.exe",
        "WINDOWS, home/ada/AppData/Roaming/npm/claude.cmd",
    })
    void theUsualFoldersAreSearched(OperatingSystem os, String place) throws Exception {
        Path program = program(root.resolve(place));

        assertThat(find(os, Map.of("PATH", "/nowhere"))).contains(program);
    }

    @Test
    void theNewestNodeVersionIsSearchedFirst() throws Exception {
        program(home.resolve(".nvm/versions/node/v9.11.0/bin/claude"));
        Path newest = program(home.resolve(".nvm/versions/node/v22.3.0/bin/claude"));
        program(home.resolve(".nvm/versions/node/v20.19.1/bin/claude"));

        assertThat(find(OperatingSystem.LINUX, Map.of())).contains(newest);
    }

    @Test
    void onWindowsNamesOfVariablesHaveNoCaseAndProgramsPrecedeScripts() throws Exception {
        Path npm = root.resolve("npm");
        program(npm.resolve("claude.cmd"));
        Path exe = program(npm.resolve("node_modules/@anthropic-ai/claude-code/bin/claude.exe"));

        assertThat(find(OperatingSystem.WINDOWS, Map.of("Path", "Z;" + npm))).contains(exe);
    }

    @Test
    void aFolderOrAFileThatIsNotExecutableIsNotFound() throws Exception {
        Files.createDirectories(home.resolve(".local/bin/claude"));
        Files.createDirectories(home.resolve(".claude/local"));
        Files.writeString(home.resolve(".claude/local/claude"), "text");

        assertThat(find(OperatingSystem.LINUX, Map.of())).isEmpty();
    }
}
