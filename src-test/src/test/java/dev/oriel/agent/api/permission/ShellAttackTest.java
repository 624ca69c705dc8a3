package dev.oriel.agent.api.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.api.permission.PermissionTable.World;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Commands that look harmless and are not, because of files that the model could have written.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash, links and pipes")
class ShellAttackTest {
    @TempDir Path base;

    @SuppressWarnings("NullAway.Init")
    private World world;

    @BeforeEach
    void createWorld() throws IOException {
        world = World.create(base.toRealPath());
    }

    private String judge(String command, String mode, boolean isTrusted, Path cwd) {
        Path data = world.home().resolve("oriel");
        PermissionEngine engine =
                PermissionEngine.create(
                        world.folder(),
                        world.home(),
                        data.resolve("private"),
                        data,
                        List.of(),
                        mode,
                        false,
                        isTrusted);
        return PermissionTable.name(
                engine.judge(
                        new ToolRequest("toolu_1", "Bash", Json.object().put("command", command)),
                        ToolNeeds.running(command, cwd)));
    }

    private String judge(String command) {
        return judge(command, "default", true, world.folder());
    }

    @Test
    void aFileWhoseNameIsAnOptionIsNotMatchedUnasked() throws IOException {
        assertThat(judge("find *")).isEqualTo("ask"); // links out of the folder are matched
        assertThat(judge("sort a*")).isEqualTo("allow");
        Files.createFile(world.folder().resolve("sub/-delete"));
        assertThat(judge("cd sub && find *")).isEqualTo("ask");
        assertThat(judge("cd sub && sort *")).isEqualTo("ask");
        assertThat(judge("cd sub && ls ./*")).isEqualTo("ask"); // `out` leads out of the folder
    }

    @Test
    void aPatternThatMatchesALinkOutOfTheFolderAsks() {
        assertThat(judge("cat sl*")).isEqualTo("ask");
        assertThat(judge("cat s[l]ink")).isEqualTo("ask");
        assertThat(judge("cat a.tx?")).isEqualTo("allow");
    }

    @Test
    void gitAsksInAFolderThatIsNotTrusted() {
        assertThat(judge("git status")).isEqualTo("allow");
        assertThat(judge("git status", "default", false, world.folder())).isEqualTo("ask");
    }

    @Test
    void gitAsksWhereOrdinaryFilesAreARepository() throws IOException {
        Path bare = Files.createDirectories(world.folder().resolve("sub/bare"));
        assertThat(judge("cd sub/bare && git status")).isEqualTo("allow");
        Files.createDirectories(bare.resolve("objects"));
        Files.createDirectories(bare.resolve("refs"));
        Files.writeString(bare.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(bare.resolve("config"), "[core]\n\tfsmonitor = touch /\n");
        assertThat(judge("cd sub/bare && git status")).isEqualTo("ask");
        assertThat(judge("git status", "default", true, bare)).isEqualTo("ask");
        assertThat(judge("git status", "default", true, bare.resolve("refs"))).isEqualTo("ask");
    }

    @Test
    void theParentOfALinkIsWhereBashGoes() throws IOException {
        Path deep = Files.createDirectories(world.folder().resolve("sub/deep/er"));
        Files.createSymbolicLink(world.folder().resolve("jump"), deep);
        // Bash goes to the project's folder, from where this file is outside.
        assertThat(judge("cd jump/.. && cat ../outside/o.txt")).isEqualTo("ask");
        assertThat(judge("cd jump && cd .. && cat ../outside/o.txt")).isEqualTo("ask");
        assertThat(judge("cd jump && ls")).isEqualTo("allow");
    }

    @Test
    void aPipeIsNotReadUnasked() throws Exception {
        Path pipe = world.folder().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThat(judge("cat pipe")).isEqualTo("ask");
        assertThat(judge("cat < pipe")).isEqualTo("ask");
        assertThat(judge("cat p*")).isEqualTo("ask");
    }

    @Test
    void copyingOrDeletingHiddenFilesWithTheirFolderAsks() throws IOException {
        Path hooks = Files.createDirectories(world.folder().resolve("sub/module/.git/hooks"));
        Files.createFile(hooks.resolve("pre-commit"));
        for (String command :
                List.of("cp -r sub/module/. .", "mv sub/module x", "rm -rf sub/module")) {
            assertThat(judge(command, "acceptEdits", true, world.folder())).isEqualTo("ask");
        }
        Files.createDirectories(world.folder().resolve("sub/plain"));
        assertThat(judge("rm -rf sub/plain", "acceptEdits", true, world.folder()))
                .isEqualTo("allow");
    }
}
