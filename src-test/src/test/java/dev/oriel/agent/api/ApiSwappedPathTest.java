package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.file.FileTools;
import dev.oriel.agent.api.tool.search.SearchTools;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.api.AskingPermissions;
import dev.oriel.testing.api.FakeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Paths that lead elsewhere when the user has answered than when the permission was decided.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There links need a permission.")
class ApiSwappedPathTest {
    @TempDir Path temp;
    private Path folder;
    private Path outside;
    private ScriptedApiAgent agent;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createDirectories(temp.toRealPath().resolve("work"));
        outside = Files.createDirectories(temp.toRealPath().resolve("outside"));
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/a.txt"), "old");
        Files.writeString(outside.resolve("a.txt"), "old secret");
        agent = new ScriptedApiAgent(folder);
        agent.permissions = new AskingPermissions();
        agent.tools.addAll(FileTools.all());
        agent.tools.addAll(SearchTools.all(""));
    }

    @AfterEach
    void close() {
        agent.close();
    }

    private Message ask(String tool, String input) {
        ObjectNode json = Json.parseStored(input.replace('\'', '"'));
        agent.api.answer("tool_use", FakeApi.toolUse("toolu_1", tool, json)).text("Done");
        agent.start();
        agent.prompt("go");
        return agent.events.awaitAsk(1);
    }

    private static ObjectNode allow() {
        return Json.object().put("behavior", "allow");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Write|{'file_path':'sub/a.txt','content':'new'}",
                "Write|{'file_path':'sub/new.txt','content':'new'}",
                "Edit|{'file_path':'sub/a.txt','old_string':'old','new_string':'new'}",
                "MultiEdit|{'file_path':'sub/a.txt','edits':[{'old_string':'old','new_string':'n'}]}",
                "Read|{'file_path':'sub/a.txt'}",
                "Grep|{'pattern':'secret','path':'sub','output_mode':'content'}",
                "Glob|{'pattern':'*','path':'sub'}",
                "LS|{'path':'sub'}"
            })
    void whatWasNotJudgedIsNotTouched(String tool, String input) throws Exception {
        Message ask = ask(tool, input);
        Files.move(folder.resolve("sub"), folder.resolve("moved"));
        Files.createSymbolicLink(folder.resolve("sub"), outside);
        agent.reply(ask, allow());
        agent.events.awaitResult(1);
        assertThat(agent.toolResults().getFirst())
                .contains("was replaced after the permission was given")
                .doesNotContain("secret");
        assertThat(outside.resolve("a.txt")).hasContent("old secret");
        assertThat(outside.resolve("new.txt")).doesNotExist();
    }

    @Test
    void anInputOfTheUserIsJudgedAnew() throws Exception {
        Message ask = ask("Write", "{'file_path':'sub/a.txt','content':'new'}");
        Files.move(folder.resolve("sub"), folder.resolve("moved"));
        Files.createSymbolicLink(folder.resolve("sub"), outside);
        ObjectNode reply = allow();
        reply.putObject("updatedInput").put("file_path", "moved/a.txt").put("content", "mine");
        agent.reply(ask, reply);
        agent.events.awaitResult(1);
        assertThat(folder.resolve("moved/a.txt")).hasContent("mine");
    }
}
