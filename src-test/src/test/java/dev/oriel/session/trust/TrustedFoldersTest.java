package dev.oriel.session.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Json;
import dev.oriel.testing.log.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Which folders are trusted, and for how long.
class TrustedFoldersTest {
    @TempDir Path folder;
    private Path file;
    private Path project;

    @BeforeEach
    void create() throws Exception {
        file = folder.resolve("trusted.json");
        project = Files.createDirectory(folder.resolve("project"));
    }

    @Test
    void aFolderIsTrustedForWhatItRanWhenTheUserTrustedIt() {
        TrustedFolders trusted = TrustedFolders.in(file);
        assertThat(trusted.trusts(project, "one")).isFalse();
        trusted.trust(project, "one");
        assertThat(trusted.trusts(project, "one")).isTrue();
        assertThat(trusted.trusts(project, "two")).as("its content has changed").isFalse();
        assertThat(trusted.trusts(folder, "one")).as("another folder").isFalse();
        trusted.trust(project, "two");
        assertThat(trusted.trusts(project, "one")).as("only the last content").isFalse();
    }

    @Test
    void trustSurvivesTheProcess() {
        TrustedFolders.in(file).trust(project, "one");
        assertThat(TrustedFolders.in(file).trusts(project, "one")).isTrue();
        assertThat(folder.resolve("trusted.json.next")).doesNotExist();
    }

    @Test
    void withoutAFileTrustEndsWithTheProcess() {
        TrustedFolders trusted = TrustedFolders.inMemory();
        trusted.trust(project, "one");
        assertThat(trusted.trusts(project, "one")).isTrue();
        assertThat(file).doesNotExist();
        assertThat(TrustedFolders.inMemory().trusts(project, "one")).isFalse();
    }

    @Test
    void aFileThatCannotBeReadTrustsNothing() throws Exception {
        Files.writeString(file, "{\"" + project.toRealPath() + "\":\"one\"");
        try (var log = CapturedLog.warnings(TrustedFolders.class.getName())) {
            TrustedFolders trusted = TrustedFolders.in(file);
            assertThat(trusted.trusts(project, "one")).isFalse();
            assertThat(log.lines()).hasSize(1);
            trusted.trust(project, "one");
        }
        assertThat(TrustedFolders.in(file).trusts(project, "one")).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToAFolderIsThatFolder() throws Exception {
        TrustedFolders trusted = TrustedFolders.in(file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), project);
        trusted.trust(link, "one");
        assertThat(trusted.trusts(project, "one")).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheUserCanReadTheFile() throws Exception {
        TrustedFolders.in(file).trust(project, "one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void beyondAThousandFoldersTheOldestIsForgotten() throws Exception {
        var stored = Json.object();
        for (int i = 0; i < 1_000; i++) {
            stored.put(folder.toRealPath().resolve("f" + i).toString(), "one");
        }
        Files.write(file, Json.encode(stored));
        TrustedFolders trusted = TrustedFolders.in(file);
        trusted.trust(folder.resolve("f0"), "two");
        assertThat(trusted.trusts(folder.resolve("f1"), "one")).as("replaced, not added").isTrue();
        trusted.trust(project, "one");
        assertThat(trusted.trusts(folder.resolve("f1"), "one")).isFalse();
        assertThat(trusted.trusts(folder.resolve("f0"), "two")).as("trusted again").isTrue();
        assertThat(trusted.trusts(project, "one")).isTrue();
    }
}
