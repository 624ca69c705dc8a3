package dev.oriel.agent.api.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookSettingsTest {
    @TempDir Path temp;
    private Path home;
    private Path folder;

    @BeforeEach
    void create() throws IOException {
        home = temp.resolve("home");
        folder = temp.resolve("project");
        Files.createDirectories(home.resolve(".claude"));
        Files.createDirectories(folder.resolve(".claude"));
    }

    private static String hook(String event, String members) {
        return "{\"hooks\":{\"%s\":[{\"matcher\":\"Bash\",\"hooks\":[{%s}]}]}}"
                .formatted(event, members);
    }

    private static void write(Path settings, String text) throws IOException {
        Files.writeString(settings, text);
    }

    private HookSettings read(boolean isTrusted) {
        return HookSettings.read(folder, home, isTrusted);
    }

    @Test
    void theHooksOfAllFilesRun() throws Exception {
        write(home.resolve(".claude/settings.json"), hook("Stop", "\"command\":\"users\""));
        write(
                folder.resolve(".claude/settings.json"),
                hook("PreToolUse", "\"type\":\"command\",\"command\":\"projects\",\"timeout\":5"));
        write(folder.resolve(".claude/settings.local.json"), hook("Stop", "\"command\":\"local\""));

        assertThat(read(true).hooks())
                .containsExactly(
                        new HookCommand("Stop", "Bash", "users", HookSettings.TIMEOUT),
                        new HookCommand("PreToolUse", "Bash", "projects", Duration.ofSeconds(5)),
                        new HookCommand("Stop", "Bash", "local", HookSettings.TIMEOUT));
    }

    @Test
    void onlyTheUsersRunInAFolderThatIsNotTrusted() throws Exception {
        write(home.resolve(".claude/settings.json"), hook("Stop", "\"command\":\"users\""));
        write(folder.resolve(".claude/settings.json"), hook("Stop", "\"command\":\"projects\""));
        write(folder.resolve(".claude/settings.local.json"), hook("Stop", "\"command\":\"local\""));

        assertThat(read(false).hooks()).extracting(HookCommand::command).containsExactly("users");
    }

    @Test
    void allCanBeDisabled() throws Exception {
        write(home.resolve(".claude/settings.json"), "{\"disableAllHooks\":true}");
        write(folder.resolve(".claude/settings.json"), hook("Stop", "\"command\":\"c\""));

        assertThat(read(true).hooks()).isEmpty();
    }

    @Test
    void whatDoesNotRunIsNamedOnce() throws Exception {
        write(home.resolve(".claude/settings.json"), hook("SessionStart", "\"command\":\"c\""));
        write(
                folder.resolve(".claude/settings.json"),
                hook("Stop", "\"type\":\"prompt\",\"prompt\":\"p\""));

        assertThat(read(true).notices())
                .containsExactly(
                        "Hooks of these events do not run in this session: SessionStart, Stop"
                                + " (prompt).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"a\":1} x"})
    void aBrokenFileIsReported(String text) throws Exception {
        write(home.resolve(".claude/settings.json"), text);

        HookSettings read = read(true);
        assertThat(read.hooks()).isEmpty();
        assertThat(read.notices()).hasSize(1).first().asString().contains("settings.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hooks\":7}",
                "{\"hooks\":{\"Stop\":{}}}",
                "{\"hooks\":{\"Stop\":[1,null,{\"hooks\":3},{\"hooks\":[{},7,{\"command\":{}}]}]}}"
            })
    void membersOfWrongTypesAreIgnored(String text) throws Exception {
        write(home.resolve(".claude/settings.json"), text);

        assertThat(read(true).hooks()).isEmpty();
    }

    @Test
    void manyHooksHugeFilesAndTimeoutsAreBounded() throws Exception {
        String one = "{\"command\":\"c\",\"timeout\":1e300},";
        write(
                home.resolve(".claude/settings.json"),
                "{\"hooks\":{\"Stop\":[{\"hooks\":[" + one.repeat(500) + "{}]}]}}");
        write(folder.resolve(".claude/settings.json"), " ".repeat(3_000_000) + "{}");

        HookSettings read = read(true);
        assertThat(read.hooks()).hasSize(100);
        assertThat(read.hooks().getFirst().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(read.notices()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Bash, true",
        "*, Bash, true",
        "Bash, Bash, true",
        "Bash, BashOutput, false",
        "Edit|Write, Write, true",
        "mcp__.*, mcp__a__b, true",
        "Task, Agent, true",
        "[, Bash, false",
        "bash, Bash, false"
    })
    void matchersAreExpressionsForTheWholeName(String matcher, String tool, boolean matches) {
        assertThat(new HookCommand("PreToolUse", matcher, "c", HookSettings.TIMEOUT).matches(tool))
                .isEqualTo(matches);
    }
}
