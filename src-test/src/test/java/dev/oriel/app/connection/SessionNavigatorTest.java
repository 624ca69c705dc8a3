package dev.oriel.app.connection;

import static dev.oriel.testing.client.FakeServerClient.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.sidebar.SidebarRow;
import dev.oriel.client.ClientException;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.client.FakeServerClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionNavigatorTest {
    @TempDir Path folder;

    private final FakeServerClient client = new FakeServerClient();
    private ConnectedModels models;

    @BeforeEach
    void connect() {
        models = new ConnectedModels(folder);
    }

    @AfterEach
    void close() {
        models.close();
    }

    private void connectWith(SessionInfo... sessions) {
        models.connect(client);
        client.feed().onSessions(List.of(sessions));
    }

    private WindowPage page() {
        return models.shell.page().get();
    }

    @Test
    void aNewWindowShowsThePageOfANewSession() {
        assertThat(page()).isInstanceOf(WindowPage.NewSession.class);
    }

    @Test
    void theSessionThatWasOpenLastOpensAgain() {
        models.windowState.setOpeningSession("b");
        models.windowState.onSessionShown();
        connectWith(session("a"), session("b"));
        assertThat(page()).isEqualTo(new WindowPage.Conversation("b"));
        assertThat(models.sessions.current().get()).isEqualTo("b");
    }

    @Test
    void itDoesNotOpenAgainWhereTheUserHasTurnedElsewhere() {
        models.windowState.setOpeningSession("b");
        models.windowState.onSessionShown();
        models.connect(client);
        models.navigator.newSession();
        client.feed().onSessions(List.of(session("b")));
        assertThat(page()).isInstanceOf(WindowPage.NewSession.class);
    }

    @Test
    void itDoesNotOpenAgainIfTheWindowEndedWhileItOpened() {
        models.windowState.setOpeningSession("b");
        models.close();
        models = new ConnectedModels(folder);
        connectWith(session("b"));
        assertThat(page()).isInstanceOf(WindowPage.NewSession.class);
        assertThat(models.toastTexts()).singleElement().asString().contains("Title of b");
    }

    @Test
    void thePromptOfANewSessionCreatesItAndOpensIt() {
        connectWith();
        models.shell.draft().folder().set("/proj");
        models.composer.text().set("hello");
        models.composer.send();
        assertThat(client.calls()).contains("create in /proj");
        assertThat(page()).isEqualTo(new WindowPage.Conversation("created"));
        assertThat(models.outbox.pending("created"))
                .singleElement()
                .extracting(p -> UserMessages.text(p.tree()))
                .isEqualTo("hello");
    }

    @Test
    void withoutAServerTheTextComesBackWithAnError() {
        models.composer.text().set("hello");
        models.composer.send();
        assertThat(models.composer.text().get()).isEqualTo("hello");
        assertThat(models.toastTexts())
                .containsExactly("There is no server to create a session on.");
    }

    @Test
    void storedPromptsOfOtherSessionsAreSentInTheBackground() {
        models.outbox.add("a", UserMessages.prompt(UUID.randomUUID(), "hello"));
        connectWith(session("a"), session("b"));
        assertThat(client.subscriptions())
                .singleElement()
                .extracting(FakeServerClient.Subscribed::sessionId)
                .isEqualTo("a");
        models.navigator.open("a");
        assertThat(client.calls()).contains("close a");
    }

    @Test
    void aDeletedSessionIsLeft() {
        connectWith(session("a"));
        models.navigator.open("a");
        client.feed().onSessionRemoved("a");
        assertThat(page()).isInstanceOf(WindowPage.NewSession.class);
        assertThat(models.sessions.find("a")).isNull();
        assertThat(models.toastTexts()).containsExactly("The session was deleted.");
    }

    @Test
    void aReplacedJournalOpensTheSessionAnew() {
        connectWith(session("a"));
        models.navigator.open("a");
        client.subscriptions().getLast().listener().onJournalReplaced();
        assertThat(client.subscriptions()).hasSize(2);
        assertThat(client.calls()).contains("close a");
        assertThat(page()).isEqualTo(new WindowPage.Conversation("a"));
    }

    @Test
    void changesGoToTheServerAndComeBackIntoTheList() {
        connectWith(session("a"));
        models.navigator.rename("a", "  Another title ");
        models.navigator.pin("a", true);
        models.navigator.delete("a");
        assertThat(client.calls())
                .containsSubsequence("rename a to Another title", "pin a", "delete a");
        models.navigator.rename("a", " ");
        assertThat(client.calls()).doesNotContain("rename a to ");
    }

    @Test
    void aRefusedChangeIsReported() {
        connectWith(session("a"));
        client.setFailure(new ClientException("refused", "The server said no."));
        models.navigator.rename("a", "Another title");
        assertThat(models.toastTexts())
                .containsExactly("The session was not renamed: The server said no.");
    }

    @Test
    void aServerWithOneConversationOffersNoSecondOne() {
        FakeServerClient relay = new FakeServerClient(ServerKind.RELAY);
        models.connect(relay);
        relay.feed().onSessions(List.of(session("only")));
        models.navigator.open("only");
        models.navigator.newSession();
        assertThat(page()).isEqualTo(new WindowPage.Conversation("only"));
        assertThat(models.toastTexts()).singleElement().asString().contains("one conversation");
    }

    @Test
    void aTitleThatChangesIsShownInTheHeader() {
        connectWith(session("a"));
        models.navigator.open("a");
        client.feed().onSession(session("a", "Another title", Activity.IDLE));
        assertThat(models.shell.header().get().title()).isEqualTo("Another title");
    }

    @Test
    void aSearchHitOpensItsSessionAtTheMessage() {
        connectWith(session("a"), session("b"));
        models.navigator.open("a");
        models.navigator.openHit(
                new SidebarRow.Hit("b", 41, "Title of b", "a \u2068bay\u2069 window"));
        assertThat(page()).isEqualTo(new WindowPage.Conversation("b"));
        assertThat(models.sessions.current().get()).isEqualTo("b");
    }

    @Test
    void aHitInASessionThatWasDeletedOpensNothing() {
        connectWith(session("a"));
        models.navigator.open("a");
        models.navigator.openHit(new SidebarRow.Hit("gone", 41, "Gone", "text"));
        assertThat(page()).isEqualTo(new WindowPage.Conversation("a"));
    }

    @Test
    void aSearchThatFailsIsReportedAndOneWithoutAServerIsNotMade() {
        List<String> found = new ArrayList<>();
        models.navigator.search("bay", _ -> found.add("without a server"));
        connectWith(session("a"));
        models.navigator.search("bay", _ -> found.add("found"));
        client.setFailure(new ClientException("internal", "The index is damaged."));
        models.navigator.search("bay", _ -> found.add("failed"));
        assertThat(found).containsExactly("found");
        assertThat(models.toastTexts())
                .containsExactly("The messages cannot be searched: The index is damaged.");
    }
}
