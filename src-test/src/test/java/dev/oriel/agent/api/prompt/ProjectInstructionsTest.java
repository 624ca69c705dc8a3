package dev.oriel.agent.api.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProjectInstructionsTest {
    @TempDir Path temp;
    private Path home;
    private Path project;

    @BeforeEach
    void create() throws IOException {
        home = Files.createDirectories(temp.resolve("home"));
        project = Files.createDirectories(temp.resolve("home/code/project"));
        Files.createDirectories(project.resolve(".git"));
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> read(Path folder) {
        return ProjectInstructions.read(folder, home).files().stream()
                .map(e -> e.text().strip())
                .toList();
    }

    @Test
    void theMostGeneralOnesComeFirst() throws Exception {
        write(home.resolve(".claude/CLAUDE.md"), "users");
        write(project.resolve("CLAUDE.md"), "project");
        write(project.resolve("module/CLAUDE.md"), "module");
        write(project.resolve("module/CLAUDE.local.md"), "local");

        assertThat(read(project.resolve("module")))
                .containsExactly("users", "project", "module", "local");
    }

    @Test
    void agentsFilesCountWhereThereAreNoOthers() throws Exception {
        write(project.resolve("AGENTS.md"), "agents");
        write(project.resolve("module/AGENTS.md"), "hidden");
        write(project.resolve("module/CLAUDE.md"), "claude");

        assertThat(read(project.resolve("module"))).containsExactly("agents", "claude");
    }

    @Test
    void foldersAboveTheRepositoryAreNotPartOfIt() throws Exception {
        write(home.resolve("code/CLAUDE.md"), "above");
        write(project.resolve("CLAUDE.md"), "project");

        assertThat(read(project)).containsExactly("project");
    }

    @Test
    void withoutARepositoryTheHomeFolderEndsTheSearch() throws Exception {
        write(home.resolve("CLAUDE.md"), "home");
        write(home.resolve("plain/CLAUDE.md"), "plain");
        write(home.resolve("plain/below/CLAUDE.md"), "below");
        assertThat(read(home.resolve("plain/below"))).containsExactly("plain", "below");

        write(temp.resolve("CLAUDE.md"), "anybody's");
        write(temp.resolve("elsewhere/CLAUDE.md"), "elsewhere");
        assertThat(read(temp.resolve("elsewhere"))).containsExactly("elsewhere");
    }

    @Test
    void importedFilesFollowTheOneThatNamesThem() throws Exception {
        write(
                project.resolve("CLAUDE.md"),
                "See @docs/a.md, and @docs/b.md.\nme@docs/a.md `@docs/c.md`");
        write(project.resolve("docs/a.md"), "a @sub/d.md");
        write(project.resolve("docs/sub/d.md"), "d");
        write(project.resolve("docs/b.md"), "b");
        write(project.resolve("docs/c.md"), "in code");

        assertThat(read(project).subList(1, 4)).containsExactly("a @sub/d.md", "d", "b");
        assertThat(read(project)).hasSize(4);
    }

    @Test
    void importsInACycleEnd() throws Exception {
        write(project.resolve("CLAUDE.md"), "@a.md @CLAUDE.md");
        write(project.resolve("a.md"), "@CLAUDE.md @a.md @b.md");
        write(project.resolve("b.md"), "@a.md");

        assertThat(read(project)).hasSize(3);
    }

    @Test
    void importsAreFollowedToADepth() throws Exception {
        write(project.resolve("CLAUDE.md"), "@n1.md");
        for (int i = 1; i < 9; i++) {
            write(project.resolve("n" + i + ".md"), "@n" + (i + 1) + ".md");
        }

        assertThat(read(project)).hasSize(1 + ProjectInstructions.MAX_IMPORTS);
    }

    @Test
    void aProjectCannotHaveOtherFilesOfTheUserSent() throws Exception {
        write(home.resolve(".ssh/id_ed25519"), "key");
        write(home.resolve("notes.md"), "private");
        write(home.resolve(".claude/.credentials.json"), "token");
        write(home.resolve(".claude/style.md"), "style");
        Files.createSymbolicLink(project.resolve("link.md"), home.resolve(".ssh/id_ed25519"));
        write(
                project.resolve("CLAUDE.md"),
                "@~/.ssh/id_ed25519 @~/notes.md @../../notes.md @link.md"
                        + " @~/.claude/.credentials.json @~/.claude/style.md @"
                        + home.resolve("notes.md"));

        assertThat(read(project).subList(1, 2)).containsExactly("style");
        assertThat(read(project)).hasSize(2);
    }

    @Test
    void theUsersOwnFileCanNameWhatIsNotHidden() throws Exception {
        write(home.resolve(".claude/CLAUDE.md"), "@~/notes.md @~/.ssh/id");
        write(home.resolve("notes.md"), "notes");
        write(home.resolve(".ssh/id"), "key");

        assertThat(read(project)).containsExactly("@~/notes.md @~/.ssh/id", "notes");
    }

    @Test
    void instructionsThatAreALinkOutOfTheProjectAreIgnored() throws Exception {
        write(home.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(project.resolve("CLAUDE.md"), home.resolve("secret.txt"));

        assertThat(read(project)).isEmpty();
    }

    @Test
    void hugeFilesAreCut() throws Exception {
        write(project.resolve("CLAUDE.md"), "é".repeat(2_000_000));

        ProjectInstructions read = ProjectInstructions.read(project, home);
        assertThat(read.text().length()).isLessThan(ProjectInstructions.MAX_FILE);
        assertThat(read.text())
                .contains("the rest of this file is too long")
                .doesNotContain("\uFFFD");
    }

    @Test
    void manyImportsAreBounded() throws Exception {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            names.append("@f").append(i).append(".md\n");
            write(project.resolve("f" + i + ".md"), "x".repeat(10_000));
        }
        write(project.resolve("CLAUDE.md"), names.toString());

        ProjectInstructions read = ProjectInstructions.read(project, home);
        assertThat(read.text().length()).isLessThan(ProjectInstructions.MAX_ALL + 10_000);
    }

    @Test
    @Timeout(20)
    void pipesAndBinaryFilesAreNotRead() throws Exception {
        assumeTrue(OperatingSystem.current() != OperatingSystem.WINDOWS);
        new ProcessBuilder("mkfifo", project.resolve("pipe.md").toString()).start().waitFor();
        Files.write(project.resolve("bin.md"), new byte[] {1, 0, 2});
        write(project.resolve("CLAUDE.md"), "@pipe.md @bin.md @/dev/zero");

        assertThat(read(project)).hasSize(1);
    }
}
