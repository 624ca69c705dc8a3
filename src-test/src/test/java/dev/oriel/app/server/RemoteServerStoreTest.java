package dev.oriel.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteServerStoreTest {
    @TempDir Path folder;

    /// Changes that are queued and not made yet.
    private final Deque<Runnable> changes = new ArrayDeque<>();

    private RemoteServerStore open() {
        return new RemoteServerStore(folder, changes::add);
    }

    private static ConnectionTarget server(String address) {
        try {
            return new ConnectionTarget(ServerKind.NATIVE, ServerAddress.parse(address));
        } catch (InvalidAddressException e) {
            throw new AssertionError(e);
        }
    }

    private CompletableFuture<Void> save(RemoteServerStore store, String address) {
        CompletableFuture<Void> saved = store.save(server(address), () -> "token of " + address);
        changes.remove().run();
        return saved;
    }

    @Test
    void nothingChangesBeforeTheWriterHasRun() {
        RemoteServerStore store = open();
        CompletableFuture<Void> saved = store.save(server("https://house"), () -> "token");
        assertThat(saved).isNotDone();
        assertThat(store.known()).isEmpty();
        changes.remove().run();
        assertThat(saved).isCompleted();
        assertThat(store.known()).containsExactly(server("https://house"));
    }

    @Test
    void theLastServerIsInUseAndFirstInTheListAfterARestart() throws Exception {
        RemoteServerStore store = open();
        save(store, "https://house");
        save(store, "https://mill");
        RemoteServerStore next = open();
        assertThat(next.chosen()).contains(server("https://mill"));
        assertThat(next.lastAddress()).isEqualTo("https://mill");
        assertThat(next.known()).containsExactly(server("https://mill"), server("https://house"));
        assertThat(next.token(server("https://house"))).isEqualTo("token of https://house");
    }

    @Test
    void theLeastRecentlyUsedServerIsDroppedWithItsToken() throws Exception {
        RemoteServerStore store = open();
        for (int i = 0; i <= RemoteServerStore.MAX_KNOWN; i++) {
            save(store, "https://server" + i);
        }
        assertThat(store.known())
                .hasSize(RemoteServerStore.MAX_KNOWN)
                .doesNotContain(server("https://server0"));
        try (Stream<Path> tokens = Files.list(folder.resolve("remote-tokens"))) {
            assertThat(tokens).hasSize(RemoteServerStore.MAX_KNOWN);
        }
    }

    @Test
    void aForgottenServerLosesItsToken() throws Exception {
        RemoteServerStore store = open();
        save(store, "https://house");
        store.delete(server("https://house"));
        changes.remove().run();
        assertThat(store.known()).isEmpty();
        assertThat(store.token(server("https://house"))).isEmpty();
        assertThat(store.chosen()).contains(server("https://house"));
    }

    @Test
    void theWindowsOwnServerIsInUseAgain() {
        RemoteServerStore store = open();
        save(store, "https://house");
        store.useOwnServer();
        changes.remove().run();
        assertThat(open().chosen()).isEmpty();
        assertThat(open().known()).containsExactly(server("https://house"));
    }

    @Test
    void aFailureLeavesTheListUnchanged() throws Exception {
        RemoteServerStore store = open();
        Files.createFile(folder.resolve("remote-tokens"));
        CompletableFuture<Void> saved = save(store, "https://house");
        assertThat(saved).isCompletedExceptionally();
        assertThat(saved.exceptionNow()).isInstanceOf(IOException.class);
        assertThat(store.known()).isEmpty();
    }
}
