package dev.oriel.app.connection;

import static dev.oriel.testing.client.FakeServerClient.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.shell.WindowPage;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.testing.client.FakeServerClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConnectionTest {
    @TempDir Path folder;

    private final FakeServerClient client = new FakeServerClient();
    private ConnectedModels models;

    @BeforeEach
    void create() {
        models = new ConnectedModels(folder);
    }

    @AfterEach
    void close() {
        models.close();
    }

    private static ConnectionTarget target(FakeServerClient client) {
        return new ConnectionTarget(client.kind(), client.address());
    }

    private CompletableFuture<ServerClient> connect() {
        CompletableFuture<ServerClient> created = new CompletableFuture<>();
        models.next = created;
        models.connection.connect(target(client), () -> "token");
        return created;
    }

    private String status() {
        return models.shell.connection().get().text();
    }

    @Test
    void theFeedIsSubscribedOnceTheClientIsCreated() {
        CompletableFuture<ServerClient> created = connect();
        assertThat(status()).isEqualTo("Connecting");
        created.complete(client);
        client.feed().onStatus(new ConnectionStatus.Live());
        assertThat(status()).isEqualTo("Live");
    }

    @Test
    void aConnectedServerIsAskedForItsAgents() {
        models.connect(client);
        assertThat(models.shell.draft().agents().get()).isEmpty();
        client.feed().onStatus(new ConnectionStatus.Live());
        assertThat(models.shell.draft().agents().get()).hasSize(1);
    }

    @Test
    void aClientThatCannotBeCreatedMeansOffline() {
        connect().completeExceptionally(new ClientException("x", "The proxy cannot be used."));
        assertThat(status()).isEqualTo("Offline");
        assertThat(models.toastTexts()).containsExactly("The proxy cannot be used.");
    }

    @Test
    void aClientThatWasCreatedForAnEarlierServerIsClosed() {
        CompletableFuture<ServerClient> earlier = connect();
        FakeServerClient later = new FakeServerClient();
        models.connect(later);
        earlier.complete(client);
        assertThat(client.calls()).containsExactly("close client");
        assertThat(later.calls()).isEmpty();
    }

    @Test
    void aFailureForAnEarlierServerIsNotShown() {
        CompletableFuture<ServerClient> earlier = connect();
        models.connect(client);
        earlier.completeExceptionally(new ClientException("x", "The proxy cannot be used."));
        assertThat(models.toastTexts()).isEmpty();
        assertThat(status()).isEqualTo("Connecting");
    }

    @Test
    void anotherServerHasItsOwnSessions() {
        models.connect(client);
        client.feed().onSessions(List.of(session("a")));
        models.navigator.open("a");
        FakeServerClient other = new FakeServerClient();
        models.connect(other);
        assertThat(client.calls()).containsExactly("close feed", "close client", "close a");
        assertThat(models.sessions.sessions().get()).isNull();
        assertThat(models.shell.page().get()).isInstanceOf(WindowPage.NewSession.class);
        client.feed().onSessions(List.of(session("late")));
        assertThat(models.sessions.find("late")).isNull();
    }

    @Test
    void aDisconnectedWindowStaysOnItsPageAndSaysWhy() {
        models.connect(client);
        client.feed().onStatus(new ConnectionStatus.Live());
        client.feed().onSessions(List.of(session("a")));
        models.navigator.open("a");
        models.connection.disconnect("You stopped the server of this window.");
        assertThat(models.shell.page().get()).isEqualTo(new WindowPage.Conversation("a"));
        assertThat(models.shell.waitReason().get())
                .isEqualTo("Offline. You stopped the server of this window.");
        client.subscriptions()
                .getLast()
                .listener()
                .onStatus(new ConnectionStatus.Offline("Lost.", ConnectionStatus.Reason.LOST));
        assertThat(models.shell.waitReason().get()).contains("You stopped");
    }

    @Test
    void aReconnectIsForTheFeedAndTheOpenSession() {
        models.connect(client);
        client.feed().onSessions(List.of(session("a")));
        models.navigator.open("a");
        models.connection.reconnect();
        assertThat(client.calls()).containsExactly("reconnect feed", "reconnect a");
        models.connection.checkConnection();
        assertThat(client.calls()).endsWith("check");
    }

    @Test
    void aServerWithoutMemoryIsIntroduced() {
        models.connect(new FakeServerClient(ServerKind.ONESHOT));
        assertThat(models.toastTexts())
                .containsExactly("This server remembers nothing: each prompt stands alone.");
        assertThat(models.shell.unsupported().get().sessions()).isNotEmpty();
    }

    @Test
    void withoutAServerNothingIsRemote() {
        assertThat(models.connection.isRemote()).isFalse();
        assertThat(models.connection.frameLog()).isNull();
        models.connect(client);
        assertThat(models.connection.isRemote()).isFalse();
        assertThat(models.connection.frameLog()).isNotNull();
    }

    private void send(String prompt) {
        models.composer.text().set(prompt);
        models.composer.send();
    }

    @Test
    void aPromptForANewSessionWaitsForTheClientOfItsServer() {
        CompletableFuture<ServerClient> created = connect();
        models.shell.draft().folder().set("/proj");
        send("hello");
        assertThat(models.toastTexts()).isEmpty();
        created.complete(client);
        assertThat(client.calls()).contains("create in /proj");
        assertThat(models.outbox.pending("created")).hasSize(1);
        assertThat(models.shell.page().get()).isEqualTo(new WindowPage.Conversation("created"));
        assertThat(models.toastTexts()).isEmpty();
    }

    @Test
    void aPromptForANewSessionWaitsForTheServerOfTheWindowToStart() {
        models.connection.expect();
        send("hello");
        CompletableFuture<ServerClient> created = connect();
        created.complete(client);
        assertThat(models.outbox.pending("created")).hasSize(1);
        assertThat(models.toastTexts()).isEmpty();
    }

    @Test
    void twoPromptsThatWaitForTheServerGoToOneSession() {
        CompletableFuture<ServerClient> created = connect();
        send("hello");
        send("and this");
        created.complete(client);
        assertThat(client.calls().stream().filter(c -> c.startsWith("create"))).hasSize(1);
        assertThat(models.outbox.pending("created")).hasSize(2);
        models.navigator.newSession();
        send("another one");
        assertThat(client.calls().stream().filter(c -> c.startsWith("create"))).hasSize(2);
    }

    @Test
    void aPromptReturnsIfTheServerDoesNotStart() {
        models.connection.expect();
        send("hello");
        models.connection.disconnect("The data folder cannot be read.");
        assertThat(models.composer.text().get()).isEqualTo("hello");
        assertThat(models.toastTexts()).containsExactly("The data folder cannot be read.");
    }

    @Test
    void aPromptReturnsIfItsServerHasNoClient() {
        CompletableFuture<ServerClient> created = connect();
        send("hello");
        created.completeExceptionally(new ClientException("x", "The proxy cannot be used."));
        assertThat(models.composer.text().get()).isEqualTo("hello");
    }

    @Test
    void aPromptThatWaitsForOneServerDoesNotGoToAnother() {
        connect();
        send("hello");
        FakeServerClient other = new FakeServerClient();
        models.connect(other);
        assertThat(other.calls()).isEmpty();
        assertThat(models.composer.text().get()).isEqualTo("hello");
        assertThat(models.toastTexts())
                .containsExactly(
                        "The window turned to another server before your message was sent.");
    }
}
