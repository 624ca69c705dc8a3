package dev.oriel.app.shell;

import static dev.oriel.testing.client.FakeServerClient.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.asks.AskDrafts;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.DraftStore;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.PromptOutbox;
import dev.oriel.message.Message;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.manual.ManualScheduler;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import dev.oriel.testing.media.TestAttachments;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellViewModelTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir Path folder;

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Toasts toasts = new Toasts(scheduler);
    private final FakeServerClient client = new FakeServerClient();
    private final PromptOutbox outbox = PromptOutbox.inMemory();
    private final List<String> events = new ArrayList<>();
    private ComposerViewModel composer;
    private AsksViewModel asks;
    private ShellViewModel shell;

    private final class Owner implements OpenSession.Owner {
        @Override
        public void onJournalReplaced(String id) {
            events.add("journal of " + id);
        }

        @Override
        public void onStoredAfterClose(String id) {
            events.add("stored for " + id);
        }
    }

    @BeforeEach
    void create() {
        composer =
                new ComposerViewModel(
                        DraftStore.open(folder, writer, Duration.ofHours(1)),
                        TestAttachments.none(),
                        Runnable::run,
                        CLOCK,
                        toasts::error);
        asks = new AsksViewModel(scheduler, toasts::info, AskDrafts.inMemory(), _ -> {});
        shell = new ShellViewModel(composer, asks, toasts, scheduler, CLOCK);
    }

    @AfterEach
    void close() {
        writer.shutdownNow();
    }

    private void open(String id) {
        shell.showSession(
                session(id),
                new ConversationModel(new RecordingPages(), new RecordingRetries(), CLOCK),
                listener ->
                        new OpenSession(id, client, outbox, Runnable::run, listener, new Owner()));
    }

    private void receive(String json) throws Exception {
        client.subscriptions().getLast().listener().onMessage(Message.parse(json));
    }

    private void receiveSession(String status) throws Exception {
        receive(
                """
                {"type":"system","subtype":"oriel_session","session":{"id":"s","title":"Panes","cwd":"/proj",
                "agent":"cli","state":"%s","created_at":"2026-11-21T12:00:00Z","updated_at":"2026-11-21T12:00:00Z"}}
                """
                        .formatted(status));
    }

    private void receiveAsk(String id) throws Exception {
        receive(
                """
                {"type":"control_request","request_id":"%s","request":{"subtype":"can_use_tool",\
                "tool_name":"Bash","input":{"command":"ls"}}}
                """
                        .formatted(id));
    }

    private void setStatus(ConnectionStatus status) {
        client.subscriptions().getLast().listener().onStatus(status);
    }

    private @Nullable String asked() {
        return shell.ask().get() == null ? null : shell.ask().get().requestId();
    }

    @Test
    void anOpenSessionIsThePageTheHeaderAndTheTargetOfTheComposer() {
        open("s");
        assertThat(shell.page().get()).isEqualTo(new WindowPage.Conversation("s"));
        assertThat(shell.header().get().title()).isEqualTo("Title of s");
        composer.text().set("hello");
        composer.send();
        assertThat(outbox.pending("s")).hasSize(1);
    }

    @Test
    void theSessionBeforeIsClosed() {
        open("s");
        open("t");
        assertThat(client.calls()).containsExactly("close s");
    }

    @Test
    void theStateOfTheSessionSaysWhetherATurnIsRunning() throws Exception {
        open("s");
        receiveSession("running");
        assertThat(composer.turn().get().isBusy()).isTrue();
        receiveSession("idle");
        assertThat(composer.turn().get()).isInstanceOf(TurnState.Idle.class);
        assertThat(shell.header().get().title()).isEqualTo("Panes");
    }

    @Test
    void aResultFinishesTheTurnOnceTheStateIsKnown() throws Exception {
        open("s");
        composer.setBusy(true);
        receive("{\"type\":\"result\",\"seq\":1}");
        assertThat(composer.turn().get().isBusy()).isTrue();
        receiveSession("running");
        receive("{\"type\":\"result\",\"seq\":2}");
        assertThat(composer.turn().get().isBusy()).isFalse();
    }

    @Test
    void anAgentThatExitsFinishesTheTurn() throws Exception {
        open("s");
        receiveSession("running");
        receive("{\"type\":\"system\",\"subtype\":\"oriel_agent_exited\",\"seq\":1}");
        assertThat(composer.turn().get().isBusy()).isFalse();
    }

    @Test
    void anAskThatIsNotReplayedAfterAReconnectIsWithdrawn() throws Exception {
        open("s");
        setStatus(new ConnectionStatus.Live());
        receiveAsk("r1");
        receiveSession("asking");
        assertThat(asked()).isEqualTo("r1");
        setStatus(new ConnectionStatus.Live());
        receiveSession("running");
        assertThat(asked()).isNull();
    }

    @Test
    void anAskThatWasResolvedWithoutAConnectionIsClosedThoughAnotherOneIsOpen() throws Exception {
        open("s");
        setStatus(new ConnectionStatus.Live());
        receiveAsk("r1");
        receiveAsk("r2");
        assertThat(asked()).isEqualTo("r1");
        setStatus(new ConnectionStatus.Live());
        receive(
                """
                {"type":"system","subtype":"oriel_session","session":{"id":"s","title":"Panes","cwd":"/proj",
                "agent":"cli","state":"asking","asks":2,"created_at":"2026-11-21T12:00:00Z",
                "updated_at":"2026-11-21T12:00:00Z"}}
                """);
        receiveAsk("r2");
        assertThat(asked()).as("another one may be on its way").isEqualTo("r1");
        receiveAsk("r3");
        assertThat(asked()).isEqualTo("r2");
    }

    @Test
    void anErrorOfTheServerIsShown() throws Exception {
        open("s");
        receive("{\"type\":\"error\",\"error\":{\"message\":\"The prompt is too long.\"}}");
        assertThat(toasts.all())
                .containsExactly(new Toasts.Toast(Toasts.Level.ERROR, "The prompt is too long."));
    }

    @Test
    void aPromptThatStartsAtOnceGetsNoCard() {
        open("s");
        setStatus(new ConnectionStatus.Live());
        composer.text().set("hello");
        composer.send();
        assertThat(composer.queue().prompts()).isEmpty();
    }

    @Test
    void aPromptThatWaitsGetsACard() throws Exception {
        open("s");
        composer.text().set("offline");
        composer.send();
        assertThat(composer.queue().prompts()).map(QueuedPrompt::text).containsExactly("offline");
        setStatus(new ConnectionStatus.Live());
        assertThat(composer.queue().prompts()).isEmpty();
        receiveSession("running");
        composer.text().set("next");
        composer.send();
        assertThat(composer.queue().prompts())
                .map(QueuedPrompt::text)
                .containsExactly("offline", "next");
    }

    @Test
    void aSessionWhosePageCouldNotBeLoadedIsLoadedOnceTheFeedIsLive() {
        client.setLatest(
                java.util.concurrent.CompletableFuture.failedFuture(
                        new IllegalStateException("lost")));
        open("s");
        assertThat(shell.connection().get().isOffline()).isTrue();
        client.setLatest(
                java.util.concurrent.CompletableFuture.completedFuture(
                        new HistoryPage(List.of(), false)));
        shell.updateFeedStatus(new ConnectionStatus.Live());
        assertThat(client.subscriptions()).hasSize(1);
    }

    @Test
    void theComposerNamesTheAgentOfThePage() {
        open("s");
        setStatus(new ConnectionStatus.Live());
        assertThat(composer.hint().get()).startsWith("Message Claude");
    }

    @Test
    void aReconnectingSessionSaysSoAndCountsDown() {
        open("s");
        setStatus(
                new ConnectionStatus.Reconnecting(
                        2, 10, CLOCK.instant().plusSeconds(5), "The server went down."));
        assertThat(shell.waitReason().get())
                .isEqualTo("The server went down. Attempt 2 of 10. Reconnecting in 5 s.");
        assertThat(shell.connection().get().text()).isEqualTo("Reconnecting in 5 s");
    }

    @Test
    void aResultThatIsReplayedAfterAReconnectDoesNotFinishTheTurn() throws Exception {
        open("s");
        setStatus(new ConnectionStatus.Live());
        receiveSession("running");
        setStatus(new ConnectionStatus.Reconnecting(1, 3, CLOCK.instant(), "Lost."));
        setStatus(new ConnectionStatus.Live());
        receive("{\"type\":\"result\",\"seq\":1}");
        assertThat(composer.turn().get().isBusy())
                .as("the result may be that of an earlier turn")
                .isTrue();
        receiveSession("running");
        receive("{\"type\":\"result\",\"seq\":2}");
        assertThat(composer.turn().get().isBusy()).isFalse();
    }
}
