package dev.oriel.agent.api.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.agent.api.tool.file.FileTools;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir Path temp;
    private Path root;
    private final ReadState read = new ReadState();
    private Checkpoints checkpoints;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("work"));
        checkpoints = new Checkpoints(temp.resolve("kept"));
    }

    private void write(String name, String content) throws InterruptedException {
        tool("Write", Json.object().put("file_path", name).put("content", content));
    }

    private void tool(String called, ObjectNode input) throws InterruptedException {
        Tool tool =
                FileTools.all().stream()
                        .filter(t -> t.name().equals(called))
                        .findFirst()
                        .orElseThrow();
        ToolContext context =
                new ToolContext(
                        root,
                        new CancelScope(),
                        read,
                        checkpoints,
                        temp.resolve("private"),
                        _ -> {},
                        null);
        assertThat(tool.run(new ToolRequest("toolu_1", called, input), context))
                .isInstanceOf(ToolOutcome.Ok.class);
    }

    @Test
    void filesAreRestoredAsTheyWereBeforeAPrompt() throws Exception {
        Path a = Files.writeString(root.resolve("a.txt"), "one\ntwo\n");
        checkpoints.begin("p1");
        write("a.txt", "1\ntwo\n");
        write("a.txt", "1\n2\n");
        write("deep/new.txt", "x\n");
        checkpoints.begin("p2");
        write("a.txt", "1\n2\n3\n");

        ObjectNode preview = checkpoints.rewind("p1", true);
        assertThat(preview.path("canRewind").asBoolean()).isTrue();
        assertThat(preview.path("filesChanged"))
                .extracting(f -> f.asText())
                .containsExactly(a.toString(), root.resolve("deep/new.txt").toString());
        assertThat(preview.path("insertions").asInt()).isEqualTo(2);
        assertThat(preview.path("deletions").asInt()).isEqualTo(4);
        assertThat(a).hasContent("1\n2\n3\n");

        checkpoints.rewind("p2", false);
        assertThat(a).hasContent("1\n2\n");
        assertThat(root.resolve("deep/new.txt")).hasContent("x\n");
    }

    @Test
    void createdFilesAreDeletedAndTheRestIsKeptForAnotherProcess() throws Exception {
        Path a = Files.writeString(root.resolve("a.txt"), "one\n");
        checkpoints.begin("p1");
        write("a.txt", "two\n");
        write("new.txt", "x\n");
        Checkpoints later = new Checkpoints(temp.resolve("kept"));
        later.begin("p2");
        assertThat(later.rewind("p1", false).path("filesChanged")).hasSize(2);
        assertThat(a).hasContent("one\n");
        assertThat(root.resolve("new.txt")).doesNotExist();
        assertThat(later.rewind("p1", true).path("filesChanged")).isEmpty();
    }

    @Test
    void filesThatOthersChangedStayAsTheyAre() throws Exception {
        Path a = Files.writeString(root.resolve("a.txt"), "one\n");
        checkpoints.begin("p1");
        write("a.txt", "two\n");
        write("b.txt", "b\n");
        Files.writeString(a, "mine\n");
        ObjectNode reply = checkpoints.rewind("p1", false);
        assertThat(reply.path("conflicts"))
                .extracting(f -> f.asText())
                .containsExactly(a.toString());
        assertThat(reply.path("filesChanged")).hasSize(1);
        assertThat(a).hasContent("mine\n");
        assertThat(root.resolve("b.txt")).doesNotExist();
    }

    @Test
    void filesThatOthersChangedStayAsTheyAreAfterARestart() throws Exception {
        Path a = Files.writeString(root.resolve("a.txt"), "one\n");
        Path c = Files.writeString(root.resolve("c.txt"), "one\n");
        checkpoints.begin("p1");
        write("a.txt", "two\n");
        write("b.txt", "b\n");
        write("c.txt", "c\n");
        write("c.txt", "cc\n");
        Files.writeString(a, "mine\n");
        Checkpoints later = new Checkpoints(temp.resolve("kept"));
        ObjectNode reply = later.rewind("p1", false);
        assertThat(reply.path("conflicts"))
                .extracting(f -> f.asText())
                .containsExactly(a.toString());
        assertThat(a).hasContent("mine\n");
        assertThat(c).hasContent("one\n");
        assertThat(root.resolve("b.txt")).doesNotExist();
    }

    @Test
    void whatWasRestoredCanBeRestoredFurther() throws Exception {
        Path a = Files.writeString(root.resolve("a.txt"), "one\n");
        checkpoints.begin("p1");
        write("a.txt", "two\n");
        checkpoints.begin("p2");
        write("a.txt", "three\n");
        checkpoints.rewind("p2", false);
        assertThat(a).hasContent("two\n");
        ObjectNode reply = new Checkpoints(temp.resolve("kept")).rewind("p1", false);
        assertThat(reply.path("conflicts")).isEmpty();
        assertThat(a).hasContent("one\n");
    }

    @Test
    void whatTheAgentHasOnlyReadIsNotItsOwn() throws Exception {
        Path a = Files.writeString(root.resolve("a.txt"), "one\n");
        checkpoints.begin("p1");
        write("a.txt", "two\n");
        Files.writeString(a, "mine\n");
        tool("Read", Json.object().put("file_path", "a.txt"));
        assertThat(checkpoints.rewind("p1", false).path("conflicts")).hasSize(1);
        assertThat(a).hasContent("mine\n");
    }

    @Test
    void anUnknownPromptIsRefused() {
        ObjectNode reply = checkpoints.rewind("p9", false);
        assertThat(reply.path("canRewind").asBoolean(true)).isFalse();
        assertThat(reply.path("error").asText())
                .isEqualTo("No file checkpoint found for this message.");
    }

    @Test
    void theOldestCopiesMakeRoom() throws Exception {
        checkpoints = new Checkpoints(temp.resolve("kept"), 250);
        for (int i = 0; i < 3; i++) {
            Files.writeString(root.resolve("f" + i), (i + "x").repeat(50));
        }
        checkpoints.begin("p1");
        for (int i = 0; i < 3; i++) {
            write("f" + i, "new");
        }
        ObjectNode reply = checkpoints.rewind("p1", false);
        assertThat(reply.path("conflicts")).hasSize(1);
        assertThat(root.resolve("f0")).hasContent("new");
        assertThat(root.resolve("f2")).hasContent("2x".repeat(50));
    }

    @Test
    void aFileThatCannotBeKeptIsNotChanged() throws Exception {
        Path a = Files.writeString(root.resolve("a.txt"), "one\n");
        Files.writeString(temp.resolve("kept"), "not a folder");
        checkpoints.begin("p1");
        try {
            checkpoints.beforeChange(a);
            throw new AssertionError("it was kept");
        } catch (IOException e) {
            assertThat(a).hasContent("one\n");
        }
    }
}
