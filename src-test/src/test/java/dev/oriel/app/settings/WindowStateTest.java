package dev.oriel.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.files.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateTest {
    @TempDir Path folder;

    private WindowState open() {
        return new WindowState(new JsonFile(folder.resolve("window.json")), Runnable::run);
    }

    @Test
    void aNewWindowHasNoStateButAShownSidebar() {
        WindowState state = open();
        assertThat(state.bounds()).isNull();
        assertThat(state.lastSession()).isNull();
        assertThat(state.unseen()).isEmpty();
        assertThat(state.isSidebarShown()).isTrue();
    }

    @Test
    void theStateIsReadAfterARestart() {
        WindowState state = open();
        WindowState.Bounds bounds = new WindowState.Bounds(1, 2, 800, 600, true);
        state.setBounds(bounds);
        state.setSidebarShown(false);
        state.setOpeningSession("a");
        state.setUnseen(Set.of("b", "c"));
        WindowState next = open();
        assertThat(next.bounds()).isEqualTo(bounds);
        assertThat(next.isSidebarShown()).isFalse();
        assertThat(next.lastSession()).isEqualTo("a");
        assertThat(next.unseen()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void aSessionThatWasOpeningAtTheEndIsKnownAtTheNextStartOnly() {
        open().setOpeningSession("a");
        WindowState next = open();
        assertThat(next.wasOpeningAtExit("a")).isTrue();
        assertThat(next.wasOpeningAtExit("b")).isFalse();
        next.onSessionShown();
        assertThat(open().wasOpeningAtExit("a")).isFalse();
    }

    @Test
    void everyWriteHasTheOpeningSessionAsTheLastOne() throws Exception {
        List<JsonNode> written = new ArrayList<>();
        Path file = folder.resolve("window.json");
        WindowState state =
                new WindowState(
                        new JsonFile(file),
                        write -> {
                            write.run();
                            written.add(new JsonFile(file).read());
                        });
        state.setOpeningSession("a");
        state.onSessionShown();
        state.clearSession();
        assertThat(written)
                .extracting(
                        json -> json.path("opening").textValue(),
                        json -> json.path("session").textValue())
                .containsExactly(tuple("a", "a"), tuple(null, "a"), tuple(null, null));
    }

    @Test
    void membersOfANewerVersionAreKept() throws Exception {
        Files.writeString(folder.resolve("window.json"), "{\"zoom\": 2}");
        open().setOpeningSession("a");
        assertThat(folder.resolve("window.json")).content().contains("\"zoom\" : 2");
    }
}
