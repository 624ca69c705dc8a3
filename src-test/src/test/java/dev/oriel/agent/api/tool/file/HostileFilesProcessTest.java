package dev.oriel.agent.api.tool.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import dev.oriel.testing.process.SmallDisk;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The file tools with files that are strange, change, or cannot be written.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There links need a permission.")
class HostileFilesProcessTest {
    @TempDir Path temp;

    private Path root;
    private Path outside;
    private RecordedCalls calls;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("work"));
        outside = Files.createDirectories(temp.toRealPath().resolve("outside"));
        calls = new RecordedCalls(root, temp.resolve("private"));
    }

    private ToolOutcome call(Tool tool, Path file) throws InterruptedException {
        String path = file.toString();
        return switch (tool.name()) {
            case "Read" -> calls.call(tool, "file_path", path);
            case "Write" -> calls.call(tool, "file_path", path, "content", "new ".repeat(20_000));
            case "NotebookEdit" ->
                    calls.call(tool, "notebook_path", path, "cell_id", "a", "new_source", "x");
            case "MultiEdit" -> {
                var input = Json.object().put("file_path", path);
                input.putArray("edits")
                        .addObject()
                        .put("old_string", "old")
                        .put("new_string", "new ".repeat(20_000));
                yield calls.call(tool, input);
            }
            default ->
                    calls.call(
                            tool,
                            "file_path",
                            path,
                            "old_string",
                            "old",
                            "new_string",
                            "new ".repeat(20_000));
        };
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertFails(ToolOutcome outcome, String text) {
        assertThat(outcome).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(outcome.content().asText()).contains(text);
    }

    @Test
    void socketsAreNeverOpened() throws Exception {
        Path socket = root.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            for (Tool tool : FileTools.all()) {
                if (!tool.name().equals("NotebookEdit")) {
                    assertFails(call(tool, socket), "special files");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc/self/environ",
                "/proc/thread-self/environ",
                "/proc/1/environ",
                "/proc/self/mem",
                "/proc/kmsg",
                "/proc/kcore"
            })
    void environmentsAndEndlessFilesAreNotRead(String path) throws Exception {
        for (Tool tool : FileTools.all()) {
            assertThat(call(tool, Path.of(path))).isInstanceOf(ToolOutcome.Fail.class);
        }
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of(path));
        assertFails(call(new ReadTool(), link), "cannot be read"); // also if the kernel lacks it
    }

    @Test
    void otherFilesOfTheSystemAreText() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "skipped: no /proc");
        assertThat(call(new ReadTool(), Path.of("/proc/self/status")).content().asText())
                .startsWith("1\tName:");
    }

    @Test
    void textWithoutAKnownEncodingIsNotChanged() throws Exception {
        Path file = root.resolve("wide.txt");
        byte[] bytes = "old text\r\n".getBytes(StandardCharsets.UTF_16LE); // without a mark
        Files.write(file, bytes);
        for (Tool tool :
                List.of(new ReadTool(), new EditTool(), new MultiEditTool(), new WriteTool())) {
            assertFails(call(tool, file), "binary");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void aFolderThatBecomesALinkIsNotFollowed() throws Exception {
        Path folder = Files.createDirectory(root.resolve("sub"));
        Files.writeString(folder.resolve("a.txt"), "old");
        Files.writeString(outside.resolve("a.txt"), "old");
        OpenedFile existing = opened("sub/a.txt");
        OpenedFile missing = opened("sub/new.txt");
        OpenedFile deep = opened("sub/x/y/new.txt");
        Files.move(folder, root.resolve("moved"));
        Files.createSymbolicLink(folder, outside);
        for (OpenedFile file : List.of(existing, missing, deep)) {
            assertThatThrownBy(() -> file.write(file.text().with("new"), true, calls.context()))
                    .isInstanceOf(FileFault.class)
                    .hasMessageContaining("changed by something else");
        }
        assertThat(outside.resolve("a.txt")).hasContent("old");
        assertThat(outside.resolve("new.txt")).doesNotExist();
    }

    @Test
    void aFileThatBecomesALinkIsNotFollowed() throws Exception {
        Path file = Files.writeString(root.resolve("a.txt"), "old");
        Path second = Files.createLink(root.resolve("second.txt"), file); // written in place
        Path target = Files.writeString(outside.resolve("target"), "old");
        OpenedFile opened = opened("second.txt");
        Files.delete(second);
        Files.createSymbolicLink(second, target);
        assertThatThrownBy(() -> opened.write(opened.text().with("new"), true, calls.context()))
                .isInstanceOf(FileFault.class);
        assertThat(target).hasContent("old");
    }

    private OpenedFile opened(String name) throws FileFault {
        return OpenedFile.of(FileTarget.of(name, calls.context()), calls.context());
    }

    @Test
    void aLinkToNothingCreatesItsTarget() throws Exception {
        Path target = outside.resolve("t.txt");
        Path link = Files.createSymbolicLink(root.resolve("link"), target);
        call(new WriteTool(), link);
        assertThat(target).exists();
        assertThat(link).isSymbolicLink();
        Path loop = Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        assertThat(call(new WriteTool(), loop)).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(call(new ReadTool(), loop)).isInstanceOf(ToolOutcome.Fail.class);
    }

    @Test
    void aFullDiskLeavesFilesAsTheyAre() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), 1)) {
            assumeTrue(disk.isMounted(), "skipped: only root on Linux can mount a small disk");
            Path file = Files.writeString(disk.folder().resolve("a.txt"), "old");
            Path linked = Files.writeString(disk.folder().resolve("b.txt"), "old");
            Files.createLink(disk.folder().resolve("c.txt"), linked);
            disk.fill();
            List<String> before = names(disk.folder());
            for (Tool tool : List.of(new EditTool(), new MultiEditTool(), new WriteTool())) {
                for (Path each : List.of(file, linked)) {
                    assertFails(call(tool, each), "cannot be written");
                    assertThat(each).hasContent("old");
                }
            }
            assertFails(
                    call(new WriteTool(), disk.folder().resolve("new.txt")), "cannot be created");
            assertThat(names(disk.folder())).isEqualTo(before);
        }
    }

    @Test
    void aDiskThatCannotBeWrittenIsToldOf() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), 1)) {
            assumeTrue(disk.isMounted(), "skipped: only root on Linux can mount a small disk");
            Path file = Files.writeString(disk.folder().resolve("a.txt"), "old");
            disk.makeReadOnly();
            for (Tool tool : List.of(new EditTool(), new MultiEditTool(), new WriteTool())) {
                assertFails(call(tool, file), "a.txt");
            }
            assertFails(
                    call(new WriteTool(), disk.folder().resolve("new.txt")), "cannot be created");
            assertThat(file).hasContent("old");
        }
    }
}
