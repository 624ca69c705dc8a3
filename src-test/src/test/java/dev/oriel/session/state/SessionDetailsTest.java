package dev.oriel.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.server.StoredSession;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cost and the title of a session.
class SessionDetailsTest {
    private static final Offset<Double> CENT = Offset.offset(1e-9);
    private SessionDetails details = with(null, 0);

    @Test
    void theTotalOfAProcessIsCountedOnce() {
        details.resetAgentCost();
        details.addCost(0.25);
        details.addCost(0.75);
        assertThat(cost()).isCloseTo(0.75, CENT);
    }

    @Test
    void aProcessThatCountsFromZeroAddsToTheCost() {
        details.resetAgentCost();
        details.addCost(0.75);
        details.resetAgentCost();
        details.addCost(0.10);
        details.addCost(0.30);
        assertThat(cost()).isCloseTo(1.05, CENT);
    }

    @Test
    void aProcessThatContinuesTheTotalReplacesTheCost() {
        details.resetAgentCost();
        details.addCost(0.75);
        details.resetAgentCost();
        details.addCost(0.80);
        details.addCost(0.90);
        assertThat(cost()).isCloseTo(0.90, CENT);
    }

    @Test
    void aTotalThatIsResetStartsFromZero() {
        details.resetAgentCost();
        details.addCost(0.75);
        details.addCost(0.10);
        assertThat(cost()).isCloseTo(0.85, CENT);
    }

    @Test
    void theStoredCostIsIncluded() {
        details = with(null, 2.0);
        details.resetAgentCost();
        details.addCost(0.5);
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
    void theFirstPromptBecomesTheTitle(String prompt, String title) {
        details.setTitleFrom(UserMessages.prompt(UUID.randomUUID(), prompt));
        assertThat(title()).isEqualTo(title);
    }

    @Test
    void aLongTitleIsTruncated() {
        details.setTitleFrom(UserMessages.prompt(UUID.randomUUID(), "x".repeat(500)));
        assertThat(title()).hasSize(80).endsWith("…");
    }

    @Test
    void truncationKeepsWholeCharacters() {
        details.setTitleFrom(UserMessages.prompt(UUID.randomUUID(), "x".repeat(78) + "🙂🙂🙂"));
        assertThat(title()).isEqualTo("x".repeat(78) + "…");
    }

    @Test
    void aGivenTitleIsKept() {
        details = with("mine", 0);
        details.setTitleFrom(UserMessages.prompt(UUID.randomUUID(), "hello"));
        assertThat(title()).isEqualTo("mine");
    }

    @Test
    void theFirstTextBlockBecomesTheTitle() throws Exception {
        details.setTitleFrom(
                Message.parse(
                        """
                        {"type":"user","message":{"role":"user","content":[{"type":"image"},{"type":"text",\
                        "text":"what is this"}]}}\
                        """));
        assertThat(title()).isEqualTo("what is this");
    }

    private String title() {
        return details.toRecord(0).title();
    }

    private double cost() {
        return details.toRecord(0).costUsd();
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
