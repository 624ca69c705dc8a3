package dev.oriel.agent.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.prompt.Attachments;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.testing.api.FolderPermissions;
import dev.oriel.testing.api.RecordedCalls;
import dev.oriel.testing.api.SettablePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlashCommandsTest {
    @TempDir Path temp;
    private Path home;
    private Path folder;
    private final List<String> run = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();

    @BeforeEach
    void create() throws IOException {
        home = Files.createDirectories(temp.resolve("home"));
        folder = Files.createDirectories(home.resolve("code/project/module"));
        Files.createDirectories(home.resolve("code/project/.git"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private SlashCommands commands(boolean isTrusted) {
        ToolContext context = new RecordedCalls(folder, temp.resolve("private")).context();
        return new SlashCommands(
                folder,
                home,
                isTrusted,
                new CommandShell(
                        () -> new ToolCatalog(List.of(new EchoingBash()), null),
                        new SettablePermissions(),
                        context),
                new Attachments(folder, new FolderPermissions(folder)),
                now::get);
    }

    private List<String> names() {
        return commands(true).list().stream().map(c -> c.path("name").asText()).toList();
    }

    private Commands.Expansion expand(String name, String arguments) throws IOException {
        return Objects.requireNonNull(commands(true).expand(name, arguments));
    }

    @Test
    void commandsAndSkillsAreFoundInAllPlaces() throws Exception {
        write(folder.resolve(".claude/commands/near.md"), "x");
        write(folder.resolve(".claude/commands/git/log.md"), "x");
        write(home.resolve("code/project/.claude/commands/far.md"), "x");
        write(home.resolve("code/.claude/commands/outside.md"), "x");
        write(home.resolve(".claude/commands/mine.md"), "x");
        write(folder.resolve(".claude/skills/pdf/SKILL.md"), "---\ndescription: reads\n---\nx");
        write(folder.resolve(".claude/commands/notes.txt"), "x");
        write(folder.resolve(".claude/commands/bad name.md"), "x");

        assertThat(names()).containsExactly("far", "git:log", "mine", "near", "pdf");
    }

    @Test
    void theNearestOneWins() throws Exception {
        write(folder.resolve(".claude/commands/c.md"), "near");
        write(home.resolve(".claude/commands/c.md"), "users");

        assertThat(expand("c", "").texts()).last().isEqualTo("near");
    }

    @Test
    void aCommandIsDescribed() throws Exception {
        write(
                folder.resolve(".claude/commands/hi.md"),
                "---\ndescription: says hi\nargument-hint: [name]\n---\nx");
        write(folder.resolve(".claude/commands/plain.md"), "\n# Do it\nnow");

        List<ObjectNode> list = commands(true).list();
        assertThat(list.getFirst().path("description").asText()).isEqualTo("says hi (project)");
        assertThat(list.getFirst().path("argumentHint").asText()).isEqualTo("name");
        assertThat(list.getLast().path("description").asText()).isEqualTo("Do it (project)");
    }

    @Test
    void aCommandIsExpanded() throws Exception {
        write(folder.resolve("a.txt"), "one\n");
        write(
                folder.resolve(".claude/commands/hi.md"),
                """
                ---
                allowed-tools: Bash(git status:*), Read
                model: haiku
                ---
                Say hi to $ARGUMENTS. !`echo inline`
                @a.txt
                """);

        Commands.Expansion expansion = expand("hi", " Bob ");

        assertThat(expansion.texts().subList(0, 2)).allMatch(t -> t.contains("Read tool"));
        assertThat(expansion.texts().subList(2, 4))
                .containsExactly(
                        "<command-message>hi</command-message>\n<command-name>/hi</command-name>\n"
                                + "<command-args>Bob</command-args>",
                        "Say hi to Bob. ran echo inline\n@a.txt\n");
        assertThat(expansion.allowedTools()).containsExactly("Bash(git status:*)", "Read");
        assertThat(expansion.model()).isEqualTo("haiku");
    }

    @Test
    void aSkillKnowsItsFolder() throws Exception {
        write(
                folder.resolve(".claude/skills/sk/SKILL.md"),
                "---\ndescription: a skill\n---\nDo $1");

        assertThat(expand("sk", "x").texts().getLast())
                .isEqualTo(
                        "Base directory for this skill: "
                                + folder.resolve(".claude/skills/sk")
                                + "\n\nDo x");
    }

    @Test
    void anUntrustedProjectAllowsAndRunsNothing() throws Exception {
        write(
                folder.resolve(".claude/commands/evil.md"),
                "---\nallowed-tools: Bash(*)\n---\n!`touch x`");
        write(home.resolve(".claude/commands/mine.md"), "---\nallowed-tools: Read\n---\n!`ls`");

        Commands.Expansion evil = Objects.requireNonNull(commands(false).expand("evil", ""));
        assertThat(evil.allowedTools()).isEmpty();
        assertThat(evil.texts().getLast()).contains("not trusted");
        assertThat(run).isEmpty();
        Commands.Expansion mine = Objects.requireNonNull(commands(false).expand("mine", ""));
        assertThat(mine.allowedTools()).containsExactly("Read");
        assertThat(run).containsExactly("ls");
    }

    @Test
    void linksOutOfTheProjectAreIgnored() throws Exception {
        write(home.resolve("secret.md"), "secret");
        Files.createDirectories(folder.resolve(".claude/commands"));
        Files.createSymbolicLink(
                folder.resolve(".claude/commands/leak.md"), home.resolve("secret.md"));
        Files.createSymbolicLink(
                folder.resolve(".claude/commands/loop"), folder.resolve(".claude"));

        assertThat(names()).isEmpty();
        assertThat(commands(true).expand("leak", "")).isNull();
    }

    @Test
    void namesAreNoPaths() throws Exception {
        write(home.resolve("code/project/x.md"), "x");

        assertThat(commands(true).expand("../../x", "")).isNull();
        assertThat(commands(true).expand("", "")).isNull();
        assertThat(commands(true).expand("\0", "")).isNull();
    }

    @Test
    void brokenFilesAreReported() throws Exception {
        Path file = folder.resolve(".claude/commands/bin.md");
        write(file, "x");
        Files.write(file, new byte[] {0, 1, 2});
        write(folder.resolve(".claude/commands/broken.md"), "---\nallowed-tools: )(\n---\nbody");

        assertThatThrownBy(() -> commands(true).expand("bin", ""))
                .isInstanceOf(IOException.class)
                .hasMessage("The file of /bin is not a text file.");
        assertThat(expand("broken", "").allowedTools()).isEmpty();
        assertThat(names()).containsExactly("broken");
    }

    @Test
    void aListIsReadAgainAfterASecond() throws Exception {
        SlashCommands commands = commands(true);
        assertThat(commands.list()).isEmpty();
        write(folder.resolve(".claude/commands/new.md"), "x");
        assertThat(commands.list()).isEmpty();
        assertThat(commands.expand("new", "")).isNotNull();

        now.addAndGet(2_000_000_000L);
        assertThat(commands.list()).hasSize(1);
    }

    @Test
    void theModelIsToldOfSkills() throws Exception {
        write(folder.resolve(".claude/skills/pdf/SKILL.md"), "---\ndescription: reads PDF\n---\nx");
        write(folder.resolve(".claude/commands/plain.md"), "no description");
        write(
                folder.resolve(".claude/commands/mine.md"),
                "---\ndescription: d\ndisable-model-invocation: true\n---\nx");

        assertThat(commands(true).skillReminder())
                .contains("- pdf: reads PDF")
                .doesNotContain("plain", "mine");
    }

    @Test
    void manySkillsAreBounded() throws Exception {
        for (int i = 0; i < 600; i++) {
            write(
                    folder.resolve(".claude/skills/s" + i + "/SKILL.md"),
                    "---\ndescription: " + "d".repeat(2_000) + "\n---\nx");
        }

        assertThat(commands(true).skillReminder())
                .hasSizeLessThan(9_000)
                .contains("more are not listed");
    }

    @Test
    void withoutSkillsThereIsNoReminder() {
        assertThat(commands(true).skillReminder()).isNull();
        assertThat(names()).isEmpty();
    }

    private final class EchoingBash implements Tool {
        @Override
        public String name() {
            return "Bash";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public ObjectNode inputSchema() {
            return Json.object();
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public ToolNeeds needs(ToolRequest call, ToolContext context) {
            return ToolNeeds.running(call.input().path("command").asText());
        }

        @Override
        public ToolOutcome run(ToolRequest call, ToolContext context) {
            String command = call.input().path("command").asText();
            run.add(command);
            return ToolOutcome.ok("ran " + command, Json.object());
        }
    }
}
