package dev.oriel.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionState;
import dev.oriel.testing.server.StoredSession;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a session costs and is called.
class SessionDetailsTest {
    private static final Offset<Double> CENT = Offset.offset(1e-9);
    private SessionDetails details = with(null, 0);

    @Test
    void theTotalOfAProcessIsNotAddedTwice() {
        details.agentStarted();
        details.cost(0.25);
        details.cost(0.75);
        assertThat(cost()).isCloseTo(0.75, CENT);
    }

    @Test
    void aProcessThatCountsFromZeroAddsToWhatWasBefore() {
        details.agentStarted();
        details.cost(0.75);
        details.agentStarted();
        details.cost(0.10);
        details.cost(0.30);
        assertThat(cost()).isCloseTo(1.05, CENT);
    }

    @Test
    void aResumedProcessThatGoesOnCountingIsTakenAtItsWord() {
        details.agentStarted();
        details.cost(0.75);
        details.agentStarted();
        details.cost(0.80);
        details.cost(0.90);
        assertThat(cost()).isCloseTo(0.90, CENT);
    }

    @Test
    void aCountThatIsResetInMidProcessBeginsAnew() {
        details.agentStarted();
        details.cost(0.75);
        details.cost(0.10);
        assertThat(cost()).isCloseTo(0.85, CENT);
    }

    @Test
    void whatWasOnDiskCountsToo() {
        details = with(null, 2.0);
        details.agentStarted();
        details.cost(0.5);
        assertThat(cost()).isCloseTo(2.5, CENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is an oriel?|What is an oriel?",
                "'  first line  \nsecond'|first line",
                "'\n\n  after blanks'|after blanks"
            })
    void aSessionWithoutATitleIsCalledByItsFirstPrompt(String prompt, String title) {
        details.titleFrom(UserMessages.prompt(UUID.randomUUID(), prompt));
        assertThat(details.title).isEqualTo(title);
    }

    @Test
    void aLongPromptIsCut() {
        details.titleFrom(UserMessages.prompt(UUID.randomUUID(), "x".repeat(500)));
        assertThat(details.title).hasSize(80).endsWith("…");
    }

    @Test
    void aCutNeverHalvesACharacter() {
        details.titleFrom(UserMessages.prompt(UUID.randomUUID(), "x".repeat(78) + "🙂🙂🙂"));
        assertThat(details.title).isEqualTo("x".repeat(78) + "…");
    }

    @Test
    void aTitleThatSomebodyGaveStays() {
        details = with("mine", 0);
        details.titleFrom(UserMessages.prompt(UUID.randomUUID(), "hello"));
        assertThat(details.title).isEqualTo("mine");
    }

    @Test
    void thePromptsFirstTextNamesItWhereItBeginsWithAnImage() throws Exception {
        details.titleFrom(
                Message.parse(
                        """
                        {"type":"user","message":{"role":"user","content":[{"type":"image"},{"type":"text","text":"what is this"}]}}\
                        """));
        assertThat(details.title).isEqualTo("what is this");
    }

    private double cost() {
        return details.record(new SessionState.Idle(), 0).costUsd();
    }

    private static SessionDetails with(String title, double cost) {
        return new SessionDetails(
                StoredSession.of(UUID.randomUUID())
                        .title(title)
                        .cwd("/")
                        .agent("cli")
                        .costUsd(cost)
                        .record(),
                new SessionMemoryBudget(Long.MAX_VALUE));
    }
}
