package dev.oriel.agent.api.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsRepliesTest {
    @TempDir Path temp;
    private Path home;
    private Path folder;

    @BeforeEach
    void create() throws Exception {
        home = temp.resolve("home");
        folder = temp.resolve("project");
        write(
                home.resolve(".claude/settings.json"),
                """
                {"model":"opus","env":{"KEY":"secret"},
                "permissions":{"allow":["Bash(ls:*)"],"deny":["Read(secret)"]}}
                """);
        write(
                folder.resolve(".claude/settings.json"),
                """
                {"model":"haiku","permissions":{"allow":["Bash(ls:*)","WebFetch"],
                "additionalDirectories":["/tmp/other"]}}
                """);
        write(
                folder.resolve(".claude/settings.local.json"),
                "{\"permissions\":{\"ask\":[\"Edit\"]}}");
    }

    @Test
    void settingsAreMergedAndTheirSourcesNamed() {
        JsonNode reply = replies(true).settings();
        JsonNode effective = reply.path("effective");
        assertThat(effective.path("model").asText()).isEqualTo("haiku");
        assertThat(effective.path("permissions").path("allow").toString())
                .isEqualTo("[\"Bash(ls:*)\",\"WebFetch\"]");
        assertThat(effective.path("permissions").path("deny").path(0).asText())
                .isEqualTo("Read(secret)");
        assertThat(reply.path("sources").valueStream().map(s -> s.path("source").asText()))
                .containsExactly("userSettings", "projectSettings", "localSettings");
        assertThat(reply.path("sources").path(0).path("settings").path("model").asText())
                .isEqualTo("opus");
    }

    @Test
    void variablesAreNotTold() {
        assertThat(replies(true).settings().toString()).doesNotContain("KEY").doesNotContain("env");
    }

    @Test
    void rulesHaveTheirSources() {
        JsonNode state = replies(true).rules().path("state");
        assertThat(rules(state))
                .containsExactly(
                        "allow userSettings Bash(ls:*) persistent",
                        "allow projectSettings Bash(ls:*) persistent",
                        "allow projectSettings WebFetch persistent",
                        "allow cliArg Bash(git:*) session",
                        "ask localSettings Edit persistent",
                        "deny userSettings Read(secret) persistent");
        assertThat(state.path("workspaceDirectories").path(0).asText()).isEqualTo("/tmp/other");
        assertThat(state.path("originalCwd").asText()).isEqualTo(folder.toString());
    }

    @Test
    void aFolderThatIsNotTrustedAllowsNothing() {
        JsonNode state = replies(false).rules().path("state");
        assertThat(rules(state))
                .containsExactly(
                        "allow userSettings Bash(ls:*) persistent",
                        "allow cliArg Bash(git:*) session",
                        "ask localSettings Edit persistent",
                        "deny userSettings Read(secret) persistent");
        assertThat(state.path("workspaceDirectories")).isEmpty();
    }

    @Test
    void brokenFilesAreLeftOut() throws Exception {
        write(folder.resolve(".claude/settings.json"), "{no json");
        assertThat(replies(true).settings().path("effective").path("model").asText())
                .isEqualTo("opus");
    }

    private static List<String> rules(JsonNode state) {
        return state.path("rules")
                .valueStream()
                .map(r ->
                        String.join(
                                " ",
                                r.path("behavior").asText(),
                                r.path("source").asText(),
                                r.path("rule").asText(),
                                r.path("editability").asText()))
                .toList();
    }

    private SettingsReplies replies(boolean isTrusted) {
        return new SettingsReplies(folder, home, isTrusted, List.of("Bash(git:*)"));
    }

    private static void write(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
