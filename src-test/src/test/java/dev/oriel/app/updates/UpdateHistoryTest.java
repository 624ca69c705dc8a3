package dev.oriel.app.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.files.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the update check remembers between starts.
class UpdateHistoryTest {
    @TempDir Path folder;

    private UpdateHistory start() {
        return new UpdateHistory(new JsonFile(folder.resolve("updates.json")), Runnable::run);
    }

    private UpdateHistory startWith(String stored) throws Exception {
        Files.writeString(folder.resolve("updates.json"), stored);
        return start();
    }

    @Test
    void startsAreCounted() {
        assertThat(start().recordStart()).isEqualTo(1);
        assertThat(start().recordStart()).isEqualTo(2);
    }

    @Test
    void theLargestCountDoesNotOverflow() throws Exception {
        assertThat(startWith("{\"starts\":2147483647}").recordStart()).isPositive();
    }

    @Test
    void everythingIsRememberedByTheNextStart() {
        UpdateHistory first = start();
        Instant time = Instant.parse("2026-11-27T10:15:30Z");
        first.setAsked(true);
        first.setLastCheck(time);
        first.setSkippedVersion("0.2.0");
        UpdateHistory second = start();
        assertThat(second.wasAsked()).isTrue();
        assertThat(second.lastCheck()).isEqualTo(time);
        assertThat(second.skippedVersion()).isEqualTo("0.2.0");
    }

    @Test
    void aFileWithOtherValuesIsAsGoodAsNone() throws Exception {
        UpdateHistory history =
                startWith("{\"starts\":\"x\",\"asked\":7,\"looked\":9223372036854775807}");
        assertThat(history.lastCheck()).isEqualTo(Instant.EPOCH);
        assertThat(history.skippedVersion()).isEmpty();
        assertThat(history.recordStart()).isEqualTo(1);
    }
}
