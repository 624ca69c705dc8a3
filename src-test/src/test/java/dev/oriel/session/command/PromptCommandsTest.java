package dev.oriel.session.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.QueueChanged;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.UnsentPrompts;
import dev.oriel.session.turn.TurnFixture;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients do with prompts, step by step. `client` follows the session, `sender` does not: it
/// receives only what is sent to it alone.
class PromptCommandsTest extends TurnFixture {
    private final Events sender = new Events();
    private PromptCommands commands;

    @BeforeEach
    void create() {
        commands = new PromptCommands(model, output, turns);
    }

    private UUID enqueue(String text) {
        UUID uuid = UUID.randomUUID();
        enqueue(uuid, text);
        return uuid;
    }

    private void enqueue(UUID uuid, String text) {
        commands.enqueue(sender, UserMessages.prompt(uuid, text), null);
    }

    /// What the sender gets when it sends a prompt again, or asks for a prompt that does not run.
    private Progress answerTo(Runnable command) {
        sender.events.clear();
        command.run();
        return sender.last(PromptChanged.class).progress();
    }

    private List<Progress> published(UUID prompt) {
        return client.all(PromptChanged.class).stream()
                .filter(p -> p.prompt().equals(prompt))
                .map(PromptChanged::progress)
                .toList();
    }

    private List<String> queue() {
        return client.last(QueueChanged.class).prompts().stream().map(Message::uuid).toList();
    }

    private void finishTurn(int agent) {
        agent(agent).emitResult();
        lane.runAll();
    }

    @Test
    void aPromptToAFreeSessionIsQueuedAndStarted() {
        UUID prompt = enqueue("one");
        assertThat(published(prompt)).containsExactly(Progress.QUEUED, Progress.STARTED);
        assertThat(agent(0).prompts()).hasSize(1);
        assertThat(sender.events).as("it is published to all, and sent to nobody alone").isEmpty();
    }

    @Test
    void aPromptDuringATurnIsShownInTheQueue() {
        enqueue("one");
        UUID second = enqueue("two");
        assertThat(published(second)).containsExactly(Progress.QUEUED);
        assertThat(queue()).containsExactly(second.toString());
        assertThat(agent(0).prompts()).hasSize(1);
    }

    @Test
    void theSamePromptAgainIsAnsweredWithItsProgress() {
        UUID first = enqueue("one");
        UUID second = enqueue("two");
        assertThat(answerTo(() -> enqueue(first, "one"))).isEqualTo(Progress.STARTED);
        assertThat(answerTo(() -> enqueue(second, "two"))).isEqualTo(Progress.QUEUED);
        commands.interrupt(sender, second);
        assertThat(answerTo(() -> enqueue(second, "two"))).isEqualTo(Progress.CANCELLED);
        finishTurn(0);
        assertThat(answerTo(() -> enqueue(first, "one"))).isEqualTo(Progress.COMPLETED);
        assertThat(agent(0).prompts()).as("nothing ran twice").hasSize(1);
    }

    @Test
    void anUnsentPromptAgainIsAnsweredWithItsFailure() {
        provider.setUnavailable("There is none.");
        UUID prompt = enqueue("one");
        assertThat(answerTo(() -> enqueue(prompt, "one"))).isEqualTo(Progress.FAILED);
    }

    @Test
    void aNewPromptAlsoStartsWhatWasHeld() {
        enqueue("one");
        UUID held = enqueue("two");
        commands.hold();
        finishTurn(0);
        assertThat(agent(0).prompts()).hasSize(1);
        enqueue("three");
        assertThat(client.last(QueueChanged.class).isHeld()).isFalse();
        assertThat(agent(0).prompts().getLast().uuid()).isEqualTo(held.toString());
    }

    @Test
    void anEmptyQueueIsNotHeld() {
        enqueue("one");
        client.events.clear();
        commands.hold();
        assertThat(client.events).isEmpty();
        enqueue("two");
        finishTurn(0);
        assertThat(agent(0).prompts()).hasSize(2);
    }

    @Test
    void aFullQueueRejectsANewPromptAndKnowsItsOwn() throws Exception {
        String large = "x".repeat(10 * 1024 * 1024);
        enqueue("one");
        UUID kept = enqueue(large);
        UUID rejected = enqueue(large);
        assertThat(sender.last(RequestRejected.class).code()).isEqualTo(ErrorCode.TOO_MANY);
        assertThat(published(rejected)).isEmpty();
        assertThat(answerTo(() -> enqueue(kept, large))).isEqualTo(Progress.QUEUED);
        assertThat(journal.queuedPrompts(id)).hasSize(1);
    }

    @Test
    void aPromptThatCannotBeStoredIsRejectedAndNotQueued() {
        journal.failQueue(true);
        UUID prompt = enqueue("one");
        assertThat(sender.last(RequestRejected.class).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(published(prompt)).isEmpty();
        assertThat(model.prompts().isEmpty()).isTrue();
        journal.failQueue(false);
        enqueue(prompt, "one");
        assertThat(published(prompt)).contains(Progress.STARTED);
    }

    @Test
    void aMidTurnMessageReachesTheTurnOrIsCancelledForItsSenderAlone() {
        UUID early = UUID.randomUUID();
        commands.sendMidTurn(sender, UserMessages.prompt(early, "more"));
        assertThat(sender.last(PromptChanged.class))
                .isEqualTo(new PromptChanged(early, Progress.CANCELLED));
        assertThat(client.events).isEmpty();

        enqueue("one");
        sender.events.clear();
        UUID more = UUID.randomUUID();
        commands.sendMidTurn(sender, UserMessages.prompt(more, "more"));
        assertThat(agent(0).midTurnPrompts()).hasSize(1);
        assertThat(sender.events).isEmpty();
    }

    @Test
    void anInterruptOfAWaitingPromptCancelsItAndNothingElse() {
        UUID first = enqueue("one");
        UUID second = enqueue("two");
        UUID third = enqueue("three");
        commands.interrupt(sender, second);
        assertThat(published(second)).endsWith(Progress.CANCELLED);
        assertThat(sender.last(PromptChanged.class))
                .isEqualTo(new PromptChanged(second, Progress.CANCELLED));
        assertThat(queue()).containsExactly(third.toString());
        assertThat(agent(0).interrupts()).isZero();
        assertThat(turns.isAnswering(first)).isTrue();
    }

    @Test
    void anInterruptOfTheRunningPromptReachesTheAgent() {
        UUID prompt = enqueue("one");
        commands.interrupt(sender, prompt);
        assertThat(agent(0).interrupts()).isEqualTo(1);
        assertThat(model.details().state()).isInstanceOf(SessionState.Interrupting.class);
        assertThat(sender.events).isEmpty();
    }

    @Test
    void anInterruptOfAPromptThatDoesNotRunIsAnsweredWithItsProgress() {
        UUID prompt = enqueue("one");
        finishTurn(0);
        assertThat(answerTo(() -> commands.interrupt(sender, prompt)))
                .isEqualTo(Progress.COMPLETED);
        assertThat(agent(0).interrupts()).isZero();
    }

    @Test
    void anUnsentPromptThatIsCancelledIsShownAsSuch() {
        provider.setUnavailable("There is none.");
        UUID prompt = enqueue("one");
        commands.interrupt(sender, prompt);
        assertThat(client.last(UnsentPrompts.class).prompts()).isEmpty();
        assertThat(published(prompt)).endsWith(Progress.CANCELLED);
    }

    @Test
    void aPromptThatCannotBeCancelledStaysInTheQueue() throws Exception {
        enqueue("one");
        UUID waiting = enqueue("two");
        journal.failQueue(true);
        commands.interrupt(sender, waiting);
        assertThat(sender.last(RequestRejected.class).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        sender.events.clear();
        commands.abandon(waiting);
        assertThat(commands.cancelAll(sender)).isEmpty();
        assertThat(sender.all(RequestRejected.class)).hasSize(1);
        assertThat(commands.cancelAll(null)).isEmpty();
        assertThat(commands.queued()).containsExactly(waiting);
        assertThat(agent(0).isCloseRequested()).isFalse();
    }

    @Test
    void anAbandonedPromptIsCancelledOrEndsItsAgent() {
        UUID first = enqueue("one");
        UUID second = enqueue("two");
        agent(0);
        commands.abandon(second);
        assertThat(published(second)).endsWith(Progress.CANCELLED);
        assertThat(agent(0).isCloseRequested()).isFalse();
        commands.abandon(first);
        assertThat(agent(0).isCloseRequested()).isTrue();
        assertThat(agent(0).interrupts()).as("the agent exits instead").isZero();
    }

    @Test
    void abandoningAPromptOfAnotherTurnEndsNothing() {
        UUID first = enqueue("one");
        finishTurn(0);
        enqueue("two");
        commands.abandon(first);
        assertThat(agent(0).isCloseRequested()).isFalse();
    }

    @Test
    void theWholeQueueIsCancelledInOrder() throws Exception {
        enqueue("one");
        UUID second = enqueue("two");
        UUID third = enqueue("three");
        assertThat(commands.cancelAll(sender)).containsExactly(second, third);
        output.flush();
        assertThat(queue()).isEmpty();
        assertThat(published(third)).endsWith(Progress.CANCELLED);
        assertThat(journal.queuedPrompts(id)).isEmpty();
    }

    @Test
    void aRetryStartsWhatCouldNotBeSentBeforeWhatWasHeld() {
        provider.setUnavailable("There is none.");
        UUID unsent = enqueue("one");
        provider.setUnavailable(null);
        commands.retry();
        assertThat(client.last(UnsentPrompts.class).prompts()).isEmpty();
        assertThat(turns.isAnswering(unsent)).isTrue();
    }

    @Test
    void aRetryWithoutAnythingToStartPublishesNothing() {
        commands.retry();
        output.flush();
        assertThat(client.events).doesNotHaveAnyElementsOfTypes(QueueChanged.class);
        assertThat(client.events).isEqualTo(List.<SessionEvent>of());
    }
}
