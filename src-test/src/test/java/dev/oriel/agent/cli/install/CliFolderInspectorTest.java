package dev.oriel.agent.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.FolderCommands;
import dev.oriel.agent.FolderCommands.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a folder would have the CLI run. Whatever is overlooked here runs without an ask.
class CliFolderInspectorTest {
    @TempDir Path home;
    private Path project;

    @BeforeEach
    void create() throws IOException {
        project = Files.createDirectories(home.resolve("work/project"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace('\'', '"'));
    }

    private FolderCommands inspect() {
        return new CliFolderInspector(home).inspect(project);
    }

    /// Kind and text of each item.
    private List<String> found() {
        return inspect().items().stream().map(i -> i.kind() + " " + i.text()).toList();
    }

    @Test
    void anEmptyFolderRunsNothing() {
        assertThat(inspect().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model':'opus','language':'de'}|``",
                "{'env':{},'apiKeyHelper':null}|``",
                "{'apiKeyHelper':'./key.sh'}|setting apiKeyHelper: \"./key.sh\"",
                "{'permissions':{'allow':['Bash']}}|setting permissions: {\"allow\":[\"Bash\"]}",
                "{'from_the_future':true}|setting from_the_future: true",
                "{'hooks':{'Stop':[{'hooks':[{'type':'command','command':'rm x'}]}]}}|hook Stop: rm"
                        + " x",
                "{'hooks':{'Pre':[{'matcher':'Bash','hooks':[{'command':'a'}]}]}}|hook Pre Bash: a",
                "{'hooks':{'Stop':[{'hooks':[{'type':'prompt','p':1}]}]}}"
                        + "|hook Stop: {\"type\":\"prompt\",\"p\":1}",
                "{'hooks|file {\"hooks",
            })
    void settingsAreListedUnlessTheyRunNothing(String settings, String item) throws IOException {
        for (String name : List.of("settings.json", "settings.local.json")) {
            write(project.resolve(".claude").resolve(name), settings);
            assertThat(String.join("", found())).as(name).isEqualTo(item);
            Files.delete(project.resolve(".claude").resolve(name));
        }
    }

    @Test
    void serversAreListedWithAllThatTheyGet() throws IOException {
        write(
                project.resolve(".mcp.json"),
                "{'mcpServers':{'notes':{'command':'notes','args':['--all','x'],'env':{'A':'b'}},"
                        + "'web':{'type':'http','url':'http://localhost'}}}");
        assertThat(found())
                .containsExactly(
                        "mcp_server notes: notes --all x, env {\"A\":\"b\"}",
                        "mcp_server web: http://localhost, type \"http\"");
    }

    @Test
    void foldersAboveCountTooAndTheHomeFoldersSettingsAreTheUsersOwn() throws IOException {
        write(home.resolve("work/.claude/settings.json"), "{'apiKeyHelper':'above'}");
        write(home.resolve(".claude/settings.json"), "{'apiKeyHelper':'own'}");
        write(home.resolve(".claude/agents/own.md"), "---\nhooks: x\n---\n");
        write(home.resolve(".mcp.json"), "{'mcpServers':{'s':{'command':'c'}}}");
        assertThat(found()).containsExactly("setting apiKeyHelper: \"above\"", "mcp_server s: c");
    }

    @ParameterizedTest
    @CsvSource({"agents/a.md", "skills/one/SKILL.md", "commands/deep/er/c.md"})
    void aTextIsListedIfItsFrontMatterCanRunSomething(String name) throws IOException {
        Path file = project.resolve(".claude").resolve(name);
        write(file, "---\nname: a\n  hooks: x\n---\nText with allowed-tools: Bash");
        assertThat(inspect().items())
                .containsExactly(new Item(file.toString(), "file", "name: a\n  hooks: x"));
        write(file, "---\nname: a\n---\nhooks: only in the text");
        assertThat(inspect().isEmpty()).isTrue();
        write(file, "hooks: without front matter");
        assertThat(inspect().isEmpty()).isTrue();
        write(file.resolveSibling("notes.txt"), "---\nhooks: x\n---\n");
        assertThat(inspect().isEmpty()).as("not a Markdown file").isTrue();
    }

    @Test
    void aFileThatIsTooLargeToShowIsListedAndItsChangeChangesTheDigest() throws IOException {
        Path file = project.resolve(".mcp.json");
        write(file, " ".repeat(256 * 1024 + 1));
        String before = inspect().digest();
        assertThat(found()).singleElement().asString().contains("larger than 256 KiB");
        write(file, " ".repeat(256 * 1024 + 2));
        assertThat(inspect().digest()).isNotEqualTo(before);
        write(file, " ".repeat(256 * 1024));
        assertThat(inspect().isEmpty()).as("as large as is read").isTrue();
    }
}
