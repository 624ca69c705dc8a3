package dev.oriel.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentOptions;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.testing.server.FaultyJournal;
import dev.oriel.testing.server.MemoryJournal;
import dev.oriel.testing.server.StoredSession;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which prompts wait, which are held or unsent, and how much memory they use.
class PromptQueueTest {
    private static final int MEBIBYTE = 1024 * 1024;

    private final UUID session = UUID.randomUUID();
    private final SessionMemoryBudget budget = new SessionMemoryBudget(64L * MEBIBYTE);
    private FaultyJournal journal;
    private PromptQueue queue;

    @BeforeEach
    void open() throws Exception {
        journal = new FaultyJournal(new MemoryJournal());
        journal.save(StoredSession.of(session).recency(1).record());
        queue = reopened();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private PromptQueue reopened() throws Exception {
        return new PromptQueue(journal, session, false, budget);
    }

    private static WaitingPrompt prompt(String text) {
        UUID uuid = UUID.randomUUID();
        return WaitingPrompt.of(uuid, UserMessages.prompt(uuid, text), null);
    }

    private WaitingPrompt added(String text) throws Exception {
        WaitingPrompt prompt = prompt(text);
        assertThat(queue.add(prompt)).isTrue();
        return prompt;
    }

    private List<UUID> stored() throws Exception {
        return journal.queuedPrompts(session).stream().map(QueuedPrompt::uuid).toList();
    }

    @Test
    void aPromptThatIsAddedTwiceWaitsAndCountsOnce() throws Exception {
        WaitingPrompt first = added("one");
        assertThat(queue.add(first)).isFalse();
        assertThat(queue.uuids()).containsExactly(first.uuid());
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.has(first.uuid())).isTrue();
        assertThat(queue.has(UUID.randomUUID())).isFalse();
        assertThat(stored()).containsExactly(first.uuid());
        assertThat(budget.used()).isEqualTo(first.bytes());
    }

    @Test
    void aPromptThatWasCancelledIsNotAddedAgain() throws Exception {
        WaitingPrompt prompt = added("one");
        assertThat(queue.wasCancelled(prompt.uuid())).isFalse();
        assertThat(queue.cancel(prompt.uuid())).isTrue();
        assertThat(queue.wasCancelled(prompt.uuid())).isTrue();
        assertThat(queue.add(prompt)).isFalse();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.cancel(prompt.uuid())).as("a second time").isFalse();
        assertThat(budget.used()).isZero();
    }

    @Test
    void storedPromptsAreHeldAfterARestartInTheirOrder() throws Exception {
        WaitingPrompt one = added("one");
        WaitingPrompt two = added("two");
        queue.releaseMemory();
        queue = reopened();
        assertThat(queue.uuids()).containsExactly(one.uuid(), two.uuid());
        assertThat(queue.isHeld()).isTrue();
        assertThat(queue.isReady()).isFalse();
        assertThat(budget.used()).isEqualTo(one.bytes() + two.bytes());
        assertThat(queue.release()).isTrue();
        assertThat(queue.isReady()).isTrue();
        assertThat(queue.release()).as("nothing is held any more").isFalse();
    }

    @Test
    void anEmptyQueueIsNotHeld() throws Exception {
        queue.hold();
        assertThat(queue.isHeld()).isFalse();
        added("one");
        assertThat(queue.isReady()).as("a prompt that comes after the hold").isTrue();
    }

    @Test
    void theHoldEndsWithTheLastPrompt() throws Exception {
        WaitingPrompt one = added("one");
        queue.hold();
        assertThat(queue.isHeld()).isTrue();
        queue.cancel(one.uuid());
        added("two");
        assertThat(queue.isReady()).isTrue();
    }

    @Test
    void aHoldOutlastsTheCancellationOfOneOfTwoPrompts() throws Exception {
        WaitingPrompt one = added("one");
        added("two");
        queue.hold();
        queue.cancel(one.uuid());
        assertThat(queue.isHeld()).isTrue();
    }

    @Test
    void unsentPromptsStayStoredAndWaitAgainBeforeAllOthers() throws Exception {
        WaitingPrompt one = added("one");
        WaitingPrompt two = added("two");
        assertThat(queue.markUnsent("No agent.")).containsExactly(one.uuid(), two.uuid());
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.hasUnsent()).isTrue();
        assertThat(queue.isUnsent(one.uuid())).isTrue();
        assertThat(queue.isUnsent(UUID.randomUUID())).isFalse();
        assertThat(queue.has(one.uuid())).isTrue();
        assertThat(queue.unsentPrompts().reason()).isEqualTo("No agent.");
        assertThat(queue.unsentPrompts().prompts()).containsExactly(one.user(), two.user());

        WaitingPrompt three = added("three");
        assertThat(queue.retryUnsent()).isTrue();
        assertThat(queue.uuids()).containsExactly(one.uuid(), two.uuid(), three.uuid());
        assertThat(queue.hasUnsent()).isFalse();
        assertThat(queue.retryUnsent()).as("there are none any more").isFalse();
        assertThat(stored()).containsExactly(one.uuid(), two.uuid(), three.uuid());
        assertThat(budget.used()).isEqualTo(one.bytes() + two.bytes() + three.bytes());
    }

    @Test
    void promptsThatAreMarkedUnsentAreNoLongerHeld() throws Exception {
        added("one");
        queue.hold();
        queue.markUnsent("No agent.");
        queue.retryUnsent();
        assertThat(queue.isReady()).isTrue();
    }

    @Test
    void anUnsentPromptCanBeCancelled() throws Exception {
        WaitingPrompt one = added("one");
        queue.markUnsent("No agent.");
        assertThat(queue.cancel(one.uuid())).isTrue();
        assertThat(queue.hasUnsent()).isFalse();
        assertThat(queue.has(one.uuid())).isFalse();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aStartedPromptReleasesItsMemory() throws Exception {
        WaitingPrompt one = added("one");
        WaitingPrompt two = added("two");
        assertThat(queue.first()).contains(one);
        queue.removeStarted(queue.uuids().getFirst());
        assertThat(queue.first()).contains(two);
        assertThat(budget.used()).isEqualTo(two.bytes());
        queue.removeStarted(queue.uuids().getFirst());
        assertThat(queue.first()).isEmpty();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aDeletedSessionReleasesTheMemoryOfWaitingAndUnsentPrompts() throws Exception {
        added("one");
        queue.markUnsent("No agent.");
        added("two");
        queue.releaseMemory();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.hasUnsent()).isFalse();
        assertThat(budget.used()).isZero();
        queue.releaseMemory();
        assertThat(budget.used()).as("released once").isZero();
    }

    @Test
    void theQueueHoldsAThousandPromptsAndTheOnlyOneMayHaveAnySize() throws Exception {
        WaitingPrompt large = prompt("x".repeat(20 * MEBIBYTE));
        assertThat(new PromptQueue(journal, session, false, unlimited()).isFull(large)).isFalse();
        for (int i = 0; i < 1_000; i++) {
            assertThat(queue.isFull(prompt("x"))).isFalse();
            added("x");
        }
        assertThat(queue.isFull(prompt("x"))).isTrue();
        queue.removeStarted(queue.uuids().getFirst());
        assertThat(queue.isFull(prompt("x"))).isFalse();
        assertThat(queue.isFull(large)).isTrue();
    }

    private static SessionMemoryBudget unlimited() {
        return new SessionMemoryBudget(Long.MAX_VALUE);
    }

    @Test
    void theEventStaysTheSameUntilTheQueueChanges() throws Exception {
        WaitingPrompt one = added("one");
        var first = queue.queueChanged();
        assertThat(first.prompts()).containsExactly(one.user());
        assertThat(first.isHeld()).isFalse();
        assertThat(queue.queueChanged()).isSameAs(first);

        queue.hold();
        assertThat(queue.queueChanged().isHeld()).isTrue();
        queue.release();
        assertThat(queue.queueChanged().isHeld()).isFalse();
        WaitingPrompt two = added("two");
        assertThat(queue.queueChanged().prompts()).containsExactly(one.user(), two.user());
        queue.cancel(two.uuid());
        assertThat(queue.queueChanged().prompts()).containsExactly(one.user());
        queue.markUnsent("No agent.");
        assertThat(queue.queueChanged().prompts()).isEmpty();
        queue.retryUnsent();
        assertThat(queue.queueChanged().prompts()).containsExactly(one.user());
        queue.removeStarted(queue.uuids().getFirst());
        assertThat(queue.queueChanged().prompts()).isEmpty();
    }

    @Test
    void theBytesOfASessionAreLimitedIncludingThoseOfUnsentPrompts() throws Exception {
        WaitingPrompt half = prompt("x".repeat(9 * MEBIBYTE));
        assertThat(queue.isFull(half)).isFalse();
        queue.add(half);
        queue.markUnsent("No agent.");
        assertThat(queue.isFull(prompt("x".repeat(9 * MEBIBYTE)))).isTrue();
        assertThat(queue.isFull(prompt("x".repeat(6 * MEBIBYTE)))).isFalse();
        queue.cancel(half.uuid());
        assertThat(queue.isFull(prompt("x".repeat(17 * MEBIBYTE))))
                .as("the only prompt may exceed the session's limit")
                .isFalse();
    }

    @Test
    void aQueueIsFullWhenTheBudgetOfAllSessionsIsSpent() {
        budget.add(64L * MEBIBYTE);
        assertThat(queue.isFull(prompt("x".repeat(MEBIBYTE)))).isTrue();
    }

    @Test
    void theSettingsOfAPromptSurviveARestartAndABypassOnlyIfItIsAllowed() throws Exception {
        UUID uuid = UUID.randomUUID();
        var settings = new PromptSettings("opus", "bypassPermissions", AgentOptions.NONE);
        WaitingPrompt prompt = WaitingPrompt.of(uuid, UserMessages.prompt(uuid, "one"), settings);
        queue.add(prompt);
        assertThat(prompt.bytes()).isGreaterThan(prompt.user().bytes().length);
        PromptSettings now = reopened().first().orElseThrow().settings();
        assertThat(now).isNotNull();
        assertThat(now.model()).isEqualTo("opus");
        assertThat(now.permissionMode()).isEqualTo("default");
        PromptSettings allowed =
                new PromptQueue(journal, session, true, budget).first().orElseThrow().settings();
        assertThat(allowed).isNotNull();
        assertThat(allowed.permissionMode()).isEqualTo("bypassPermissions");
    }
}
