package dev.oriel.agent.api.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.api.permission.shell.ShellJudge;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The members of settings files besides rules, and which file wins.
class PermissionSettingsTest {
    private static final String LOCAL = "project/.claude/settings.local.json";
    private static final String PROJECT = "project/.claude/settings.json";
    private static final String USER = "home/.claude/settings.json";
    private static final String MANAGED = "etc/managed-settings.json";

    @TempDir Path temp;
    private Path base;

    @BeforeEach
    void createFolders() throws IOException {
        base = temp.toRealPath();
        for (String name : List.of("project", "home", "data", "outside")) {
            Files.createDirectories(base.resolve(name));
        }
        Files.writeString(base.resolve("outside/o.txt"), "o");
    }

    private void write(String file, String permissions) throws IOException {
        Path path = base.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "{\"permissions\":{" + permissions + "}}");
    }

    private PermissionEngine engine(boolean mayBypass, boolean isTrusted) {
        PermissionFolders folders =
                new PermissionFolders(
                        base.resolve("project"),
                        base.resolve("home"),
                        base.resolve("data/private"),
                        base.resolve("data"));
        return new PermissionEngine(
                folders,
                new SettingsRules(
                        base.resolve(MANAGED),
                        folders.folder(),
                        folders.home(),
                        base.resolve("data"),
                        isTrusted),
                new ShellJudge(isTrusted, folders.home()),
                new PermissionUpdates(folders, List.of("Bash(make)")),
                null,
                mayBypass);
    }

    private PermissionEngine engine() {
        return engine(true, true);
    }

    private static String judge(PermissionEngine engine, String tool, @Nullable String text) {
        ToolNeeds needs =
                switch (tool) {
                    case "Bash" -> ToolNeeds.running(String.valueOf(text));
                    case "Read" -> ToolNeeds.reading(String.valueOf(text));
                    default -> ToolNeeds.writing(String.valueOf(text));
                };
        return PermissionTable.name(
                engine.judge(new ToolRequest("toolu_1", tool, Json.object()), needs));
    }

    @Test
    void theModeIsThatOfTheFirstFile() throws IOException {
        assertThat(engine().mode()).isEqualTo("default");
        write(USER, "\"defaultMode\":\"plan\"");
        assertThat(engine().mode()).isEqualTo("plan");
        write(PROJECT, "\"defaultMode\":\"acceptEdits\"");
        assertThat(engine().mode()).isEqualTo("acceptEdits");
        write(LOCAL, "\"defaultMode\":\"dontAsk\"");
        assertThat(engine().mode()).isEqualTo("dontAsk");
        write(MANAGED, "\"defaultMode\":\"default\"");
        assertThat(engine().mode()).isEqualTo("default");
    }

    @Test
    void aChosenModeWinsOverTheSettings() throws IOException {
        write(USER, "\"defaultMode\":\"plan\"");
        PermissionEngine engine = engine();
        assertThat(engine.setMode("acceptEdits")).isTrue();
        assertThat(engine.mode()).isEqualTo("acceptEdits");
        assertThat(judge(engine, "Write", "n")).isEqualTo("allow");
    }

    @Test
    void anUnknownModeIsTheDefault() throws IOException {
        write(USER, "\"defaultMode\":\"everything\"");
        assertThat(engine().mode()).isEqualTo("default");
        write(USER, "\"defaultMode\":7");
        assertThat(engine().mode()).isEqualTo("default");
    }

    @Test
    void aFolderThatIsNotTrustedChoosesNoModeAndNoFolders() throws IOException {
        String folders = "\"additionalDirectories\":[\"../outside\"]";
        write(PROJECT, "\"defaultMode\":\"acceptEdits\"," + folders);
        assertThat(engine(true, false).mode()).isEqualTo("default");
        assertThat(judge(engine(true, false), "Read", "../outside/o.txt")).isEqualTo("ask");
        assertThat(judge(engine(), "Read", "../outside/o.txt")).isEqualTo("allow");
    }

    @Test
    void bypassNeedsTheServersConsent() throws IOException {
        write(USER, "\"defaultMode\":\"bypassPermissions\"");
        assertThat(engine(false, true).mode()).isEqualTo("default");
        assertThat(engine(true, true).mode()).isEqualTo("bypassPermissions");
    }

    @Test
    void anyFileCanForbidBypass() throws IOException {
        for (String file : List.of(MANAGED, USER, PROJECT, LOCAL)) {
            write(file, "\"disableBypassPermissionsMode\":\"disable\"");
            assertThat(engine().setMode("bypassPermissions")).as(file).isFalse();
            assertThat(engine(true, false).setMode("bypassPermissions")).as(file).isFalse();
            write(file, "");
            assertThat(engine().setMode("bypassPermissions")).isTrue();
        }
    }

    @Test
    void bypassEndsWhenItIsForbidden() throws IOException {
        PermissionEngine engine = engine();
        engine.setMode("bypassPermissions");
        assertThat(judge(engine, "Bash", "make x")).isEqualTo("allow");
        write(MANAGED, "\"disableBypassPermissionsMode\":\"disable\"");
        assertThat(judge(engine, "Bash", "make x")).isEqualTo("ask");
    }

    @Test
    void foldersOfAllFilesCountUntilTheyAreRemoved() throws IOException {
        PermissionEngine engine = engine();
        assertThat(judge(engine, "Read", "../outside/o.txt")).isEqualTo("ask");
        write(USER, "\"additionalDirectories\":[\"~/x\"]");
        write(LOCAL, "\"additionalDirectories\":[\"../outside\",7,\"\",\"\\u0000\"]");
        assertThat(judge(engine, "Read", "../outside/o.txt")).isEqualTo("allow");
        assertThat(judge(engine, "Read", "~/x/y")).isEqualTo("allow");
        assertThat(judge(engine, "Read", "~/y")).isEqualTo("ask");
        assertThat(judge(engine, "Write", "../outside/o.txt")).isEqualTo("ask");
        write(LOCAL, "");
        assertThat(judge(engine, "Read", "../outside/o.txt")).isEqualTo("ask");
    }

    @Test
    void rulesOfTheAdministratorDenyAndAllow() throws IOException {
        write(MANAGED, "\"deny\":[\"Bash(rm:*)\"],\"allow\":[\"Bash(npm:*)\"]");
        write("etc/managed-settings.d/10.json", "\"deny\":[\"Bash(mv:*)\"]");
        write("etc/managed-settings.d/20.json", "\"defaultMode\":\"plan\"");
        write("etc/managed-settings.d/15.json", "\"defaultMode\":\"dontAsk\"");
        PermissionEngine engine = engine();
        assertThat(engine.mode()).isEqualTo("plan");
        engine.setMode("bypassPermissions");
        assertThat(judge(engine, "Bash", "rm x")).isEqualTo("deny");
        assertThat(judge(engine, "Bash", "mv x y")).isEqualTo("deny");
        engine.setMode("default");
        assertThat(judge(engine, "Bash", "npm x")).isEqualTo("allow");
    }

    @Test
    void onlyTheAdministratorsRulesAllowIfItSaysSo() throws IOException {
        write(USER, "\"allow\":[\"Bash(cargo:*)\"],\"deny\":[\"Bash(rm:*)\"]");
        assertThat(judge(engine(), "Bash", "cargo x")).isEqualTo("allow");
        Files.createDirectories(base.resolve("etc"));
        Files.writeString(
                base.resolve(MANAGED),
                """
                {"allowManagedPermissionRulesOnly":true,"permissions":{"allow":["Bash(npm:*)"]}}
                """);
        assertThat(judge(engine(), "Bash", "cargo x")).isEqualTo("ask");
        assertThat(judge(engine(), "Bash", "make")).isEqualTo("ask");
        assertThat(judge(engine(), "Bash", "npm x")).isEqualTo("allow");
        assertThat(judge(engine(), "Bash", "rm x")).isEqualTo("deny");
    }
}
