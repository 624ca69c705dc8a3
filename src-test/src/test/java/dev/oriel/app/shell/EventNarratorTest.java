package dev.oriel.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.asks.AskDrafts;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.DraftStore;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.complete.AgentCommand;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FileMatches;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerClient.PastPrompt;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventNarratorTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir Path folder;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final ManualScheduler delay = new ManualScheduler();
    private final List<String> announced = new ArrayList<>();
    private ComposerViewModel composer;
    private AsksViewModel asks;
    private ShellViewModel shell;
    private EventNarrator narrator;

    @BeforeEach
    void listen() {
        DraftStore drafts = DraftStore.open(folder, writer, Duration.ZERO);
        composer =
                new ComposerViewModel(
                        drafts, TestAttachments.none(), Runnable::run, CLOCK, _ -> {});
        Toasts notices = new Toasts(delay);
        asks = new AsksViewModel(delay, notices::info, AskDrafts.inMemory(), _ -> {});
        shell = new ShellViewModel(composer, asks, notices, delay, CLOCK);
        narrator = new EventNarrator(shell, composer, announced::add);
        shell.showNewSession(new NoTarget());
    }

    @AfterEach
    void end() {
        writer.shutdownNow();
    }

    @Test
    void theStartAndTheEndOfATurnAreAnnounced() {
        composer.setBusy(true);
        composer.setBusy(true);
        composer.setBusy(false);
        assertThat(announced).containsExactly("Claude is working.", "Done.");
    }

    @Test
    void anAskIsAnnouncedWithItsCommandAndItsKeys() throws Exception {
        asks.receive(
                Message.parse(
                        """
                        {"type":"control_request","request_id":"r1","request":{"subtype":"can_use_tool",\
                        "tool_name":"Bash","input":{"command":"rm -r build"}}}\
                        """
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                false);
        assertThat(announced)
                .containsExactly(
                        "Claude asks: Run this command? rm -r build. Alt Y allows it once, Alt N"
                                + " denies it.");
    }

    @Test
    void aLostConnectionAndItsReturnAreAnnouncedOnce() {
        shell.updateFeedStatus(new ConnectionStatus.Live());
        assertThat(announced).isEmpty();
        Instant at = CLOCK.instant().plusSeconds(5);
        shell.updateFeedStatus(
                new ConnectionStatus.Reconnecting(1, 10, at, "The server went down."));
        shell.updateFeedStatus(
                new ConnectionStatus.Reconnecting(
                        1, 10, at.minusSeconds(3), "The server went down."));
        shell.updateFeedStatus(new ConnectionStatus.Live());
        assertThat(announced)
                .containsExactly("The server went down. Attempt 1 of 10.", "Connected again.");
    }

    @Test
    void anErrorIsAnnounced() {
        shell.toasts().error("The disk is full.");
        assertThat(announced).containsExactly("The disk is full.");
    }

    private static final class NoTarget implements ComposerTarget {
        @Override
        public CompletableFuture<List<PastPrompt>> findPrompts(
                String words, boolean everywhere, int limit) {
            return CompletableFuture.completedFuture(
                    List.of(new PastPrompt(everywhere ? "there" : "here", "s")));
        }

        @Override
        public String whyQueueIsFixed() {
            return "";
        }

        @Override
        public CompletableFuture<Void> reorder(List<String> uuids) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> sendNow(QueuedPrompt prompt) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> steer(QueuedPrompt prompt) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<List<AgentCommand>> commands() {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletableFuture<FileMatches> findFiles(String query, int limit) {
            return CompletableFuture.completedFuture(new FileMatches(List.of(), false, false));
        }

        @Override
        public String key() {
            return "nowhere";
        }

        @Override
        public CompletableFuture<Void> send(JsonNode content) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> interrupt() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> resumeQueue() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Boolean> loadOlderHistory() {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public List<String> sentPrompts() {
            return List.of();
        }
    }

    private void openSession(String... messages) throws Exception {
        ConversationModel held =
                new ConversationModel(new RecordingPages(), new RecordingRetries(), CLOCK);
        FakeServerClient client = new FakeServerClient();
        shell.showSession(
                FakeServerClient.session("s"),
                held,
                listener ->
                        new OpenSession(
                                "s",
                                client,
                                PromptOutbox.inMemory(),
                                Runnable::run,
                                listener,
                                new NoOwner()));
        for (String json : messages) {
            held.receive(List.of(Message.parse(json.replace('\'', '"'))));
        }
        announced.clear();
    }

    private static final class NoOwner implements OpenSession.Owner {
        @Override
        public void onJournalReplaced(String id) {}

        @Override
        public void onStoredAfterClose(String id) {}
    }

    private void finishTurn() {
        composer.setBusy(true);
        announced.clear();
        composer.setBusy(false);
    }

    private static final String PROMPT =
            "{'type':'user','uuid':'u','message':{'role':'user','content':'%s'}}";
    private static final String ANSWER =
            "{'type':'assistant','message':{'id':'%s','content':[{'type':'text','text':'%s'}]}}";
    private static final String ERROR =
            "{'type':'assistant','error':'x','message':{'id':'e','model':'<synthetic>',"
                    + "'content':[{'type':'text','text':'Credit is used up.'}]}}";

    @Test
    void theLastAnswerOfTheTurnIsAnnouncedWithoutItsMarkup() throws Exception {
        openSession(
                ANSWER.formatted("a", "before"),
                PROMPT.formatted("question"),
                ANSWER.formatted("b", "first"),
                ANSWER.formatted("c", "**second** answer"));
        finishTurn();
        assertThat(announced).containsExactly("Claude: second answer.");
    }

    @Test
    void anErrorIsAnnouncedBeforeTheAnswer() throws Exception {
        openSession(PROMPT.formatted("question"), ANSWER.formatted("b", "part"), ERROR);
        finishTurn();
        assertThat(announced).containsExactly("Failed: Credit is used up. Claude: part.");
    }

    @Test
    void aTurnWithoutAnAnswerIsDone() throws Exception {
        openSession(ANSWER.formatted("a", "before"), PROMPT.formatted("question"));
        finishTurn();
        assertThat(announced).containsExactly("Claude is done.");
    }

    @Test
    void waitingPromptsAreCountedWhenTheirNumberGrows() throws Exception {
        openSession();
        QueuedPrompt one = new QueuedPrompt("1", "one", true);
        QueuedPrompt two = new QueuedPrompt("2", "two", true);
        composer.updateQueue(List.of(one), false);
        composer.updateQueue(List.of(one, two), false);
        composer.updateQueue(List.of(two), false);
        composer.updateQueue(List.of(), false);
        assertThat(announced).containsExactly("Queued.", "2 messages are queued.");
    }

    @Test
    void aPromptThatIsMovedInTheQueueIsAnnouncedWithItsPlace() throws Exception {
        openSession();
        QueuedPrompt one = new QueuedPrompt("1", "one", true);
        QueuedPrompt two = new QueuedPrompt("2", "two", true);
        composer.updateQueue(List.of(one, two), false);
        announced.clear();
        composer.queue().move(two, 0);
        composer.queue().move(one, 0);
        composer.queue().move(two, 0);
        assertThat(announced)
                .containsExactly("Moved to position 1 of 2.", "Moved to position 1 of 2.");
    }

    @Test
    void anInterruptedTurnIsAnnouncedOnceItEnded() throws Exception {
        openSession();
        composer.setBusy(true);
        announced.clear();
        composer.interrupt();
        assertThat(announced).isEmpty();
        composer.setBusy(false);
        assertThat(announced).hasSize(1).first().asString().startsWith("Stopped after ");
    }

    @Test
    void turningToAnotherPageEndsNoTurn() throws Exception {
        openSession();
        composer.setBusy(true);
        announced.clear();
        shell.showNewSession(new NoTarget());
        assertThat(announced).isEmpty();
    }

    @Test
    void aConnectionThatIsGivenUpIsAnnouncedWithItsCause() {
        shell.updateFeedStatus(new ConnectionStatus.Live());
        shell.setOffline("You stopped the server.", ConnectionStatus.Reason.CLOSED);
        assertThat(announced).containsExactly("Offline. You stopped the server.");
    }

    @Test
    void nothingIsAnnouncedAfterItWasClosed() {
        narrator.close();
        composer.setBusy(true);
        shell.toasts().error("The disk is full.");
        composer.updateQueue(List.of(new QueuedPrompt("1", "one", true)), false);
        shell.updateFeedStatus(new ConnectionStatus.Live());
        shell.setOffline("Gone.", ConnectionStatus.Reason.LOST);
        assertThat(announced).isEmpty();
    }
}
