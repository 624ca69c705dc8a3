package dev.oriel.agent.api.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions and links")
class SettingsWriterTest {
    @TempDir Path base;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SettingsWriter writer;

    @BeforeEach
    void createFolders() throws IOException {
        Path real = base.toRealPath();
        folder = Files.createDirectories(real.resolve("project"));
        writer = new SettingsWriter(folder, Files.createDirectories(real.resolve("home")));
    }

    private static JsonNode rules(String type, String content, String destination) {
        ObjectNode update = Json.object().put("type", type).put("behavior", "allow");
        update.putArray("rules").addObject().put("toolName", "Bash").put("ruleContent", content);
        return update.put("destination", destination);
    }

    private Path local() {
        return folder.resolve(".claude/settings.local.json");
    }

    private JsonNode permissions() throws Exception {
        return Json.parseObject(Files.readAllBytes(local())).path("permissions");
    }

    @Test
    void aRuleIsStoredForItsOwnerAndFoundAgain() throws Exception {
        assertThat(writer.write(rules("addRules", "echo (a\\b):*", "localSettings"))).isNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(local())))
                .isEqualTo("rw-------");
        String stored = permissions().path("allow").path(0).asText();
        PermissionRule rule = PermissionRule.parse(stored, PermissionRule.Behavior.ALLOW, folder);
        assertThat(rule).extracting(PermissionRule::content).isEqualTo("echo (a\\b):*");
    }

    @Test
    void otherMembersAndRulesAreKept() throws Exception {
        Files.createDirectories(folder.resolve(".claude"));
        Files.writeString(
                local(),
                """
                {"model":"x","permissions":{"deny":["Bash(rm:*)"],"allow":["Read"],"more":1}}
                """);
        writer.write(rules("addRules", "ls", "localSettings"));
        writer.write(rules("addRules", "ls", "localSettings"));
        assertThat(permissions().toString())
                .isEqualTo(
                        "{\"deny\":[\"Bash(rm:*)\"],\"allow\":[\"Read\",\"Bash(ls)\"],\"more\":1}");
        assertThat(Files.readString(local())).contains("\"model\"");
        writer.write(rules("removeRules", "ls", "localSettings"));
        assertThat(permissions().path("allow").toString()).isEqualTo("[\"Read\"]");
        writer.write(rules("replaceRules", "pwd", "localSettings"));
        assertThat(permissions().path("allow").toString()).isEqualTo("[\"Bash(pwd)\"]");
        try (var files = Files.list(folder.resolve(".claude"))) {
            assertThat(files).containsExactly(local());
        }
    }

    @Test
    void foldersAreStored() throws Exception {
        ObjectNode update = Json.object().put("type", "addDirectories");
        update.putArray("directories").add("/srv/x");
        assertThat(writer.write(update.put("destination", "localSettings"))).isNull();
        assertThat(permissions().path("additionalDirectories").path(0).asText())
                .isEqualTo("/srv/x");
    }

    @Test
    void nothingIsStoredForTheSession() {
        assertThat(writer.write(rules("addRules", "ls", "session"))).isNull();
        assertThat(folder.resolve(".claude")).doesNotExist();
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path outside = Files.createDirectories(folder.resolveSibling("outside"));
        Files.createSymbolicLink(folder.resolve(".claude"), outside);
        assertThat(writer.write(rules("addRules", "ls", "localSettings"))).contains("is a link");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aBrokenFileIsLeftAsItIs() throws IOException {
        Files.createDirectories(folder.resolve(".claude"));
        Files.writeString(local(), "{\"permissions\":{\"deny\":[");
        assertThat(writer.write(rules("addRules", "ls", "localSettings"))).contains("not valid");
        assertThat(local()).hasContent("{\"permissions\":{\"deny\":[");
    }

    @Test
    void gitIgnoresTheLocalFile() throws IOException {
        Path exclude = folder.resolve(".git/info/exclude");
        Files.createDirectories(folder.resolve(".git/info"));
        Files.writeString(exclude, "*.log");
        writer.write(rules("addRules", "ls", "localSettings"));
        writer.write(rules("addRules", "pwd", "localSettings"));
        assertThat(exclude).hasContent("*.log\n/.claude/settings.local.json\n");
    }
}
