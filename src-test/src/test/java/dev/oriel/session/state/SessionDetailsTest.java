package dev.oriel.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentOptions;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.session.branch.Lineage;
import dev.oriel.testing.server.StoredSession;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of a session besides its messages: cost, title, model, mode, state.
class SessionDetailsTest {
    private static final Offset<Double> CENT = Offset.offset(1e-9);
    private SessionDetails details = with(null, 0);

    private void addCost(double total) {
        details.addCost(Json.object().put("total_cost_usd", total));
    }

    /// @param share of the turn in all tokens
    private void addCost(double total, double share) {
        ObjectNode result = Json.object().put("total_cost_usd", total);
        result.putObject("usage").put("input_tokens", 1_000 * share).put("output_tokens", 0);
        result.putObject("modelUsage").putObject("m").put("inputTokens", 1_000);
        details.addCost(result);
    }

    @Test
    void whatAConversationHasCostBeforeIsNotTheSessions() {
        details = branched();
        details.resetAgentCost();
        addCost(5.0, 0.1);
        assertThat(cost()).isCloseTo(0.5, CENT);
        addCost(5.2, 0.04);
        assertThat(cost()).isCloseTo(0.7, CENT);
        String options = details.toRecord(0).options();

        details =
                new SessionDetails(
                        StoredSession.of(UUID.randomUUID())
                                .costUsd(0.7)
                                .origin("sessions", options)
                                .record(),
                        new SessionMemoryBudget(Long.MAX_VALUE));
        details.resetAgentCost();
        addCost(5.3, 0.02);
        assertThat(cost()).as("after a restart").isCloseTo(0.8, CENT);
    }

    @Test
    void aResumedConversationThatCountsFromZeroIsCountedInFull() {
        details = branched();
        details.resetAgentCost();
        addCost(0.5, 1);
        assertThat(cost()).isCloseTo(0.5, CENT);
    }

    @Test
    void aTotalWithoutTokensIsCountedInFull() {
        details = branched();
        details.resetAgentCost();
        addCost(0.5);
        assertThat(cost()).isCloseTo(0.5, CENT);
    }

    @Test
    void theTotalOfAProcessIsCountedOnce() {
        details.resetAgentCost();
        addCost(0.25);
        addCost(0.75);
        assertThat(cost()).isCloseTo(0.75, CENT);
    }

    @Test
    void aProcessThatCountsFromZeroAddsToTheCost() {
        details.resetAgentCost();
        addCost(0.75);
        details.resetAgentCost();
        addCost(0.10);
        addCost(0.30);
        assertThat(cost()).isCloseTo(1.05, CENT);
    }

    @Test
    void aProcessThatContinuesTheTotalReplacesTheCost() {
        details.resetAgentCost();
        addCost(0.75);
        details.resetAgentCost();
        addCost(0.80);
        addCost(0.90);
        assertThat(cost()).isCloseTo(0.90, CENT);
    }

    @Test
    void aTotalThatIsResetStartsFromZero() {
        details.resetAgentCost();
        addCost(0.75);
        addCost(0.10);
        assertThat(cost()).isCloseTo(0.85, CENT);
    }

    @Test
    void theStoredCostIsIncluded() {
        details = with(null, 2.0);
        details.resetAgentCost();
        addCost(0.5);
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

    @Test
    void aPromptWithoutTextGivesNoTitle() {
        details.setTitleFrom(UserMessages.prompt(UUID.randomUUID(), " \n "));
        assertThat(title()).isNull();
    }

    private static Message system(String subtype, String members) throws Exception {
        return Message.parse(
                "{\"type\":\"system\",\"subtype\":\"%s\"%s}".formatted(subtype, members));
    }

    @Test
    void theConversationIsThatOfTheLastInit() throws Exception {
        UUID first = UUID.randomUUID();
        Message init = system("init", ",\"session_id\":\"%s\"".formatted(first));
        assertThat(details.updateFromInit(init)).as("it is to be saved").isTrue();
        assertThat(details.updateFromInit(init)).isFalse();
        assertThat(details.conversation()).isEqualTo(first);
        assertThat(details.updateFromInit(system("init", ",\"session_id\":\"no uuid\""))).isFalse();
        assertThat(details.updateFromInit(system("init", ""))).isFalse();
        assertThat(details.conversation()).isEqualTo(first);
        details.forgetConversation();
        assertThat(details.conversation()).isNull();
    }

    @Test
    void theModelInUseIsShownUntilAnotherIsChosen() throws Exception {
        details.updateFromInit(system("init", ",\"model\":\"opus-4\""));
        assertThat(details.view(0, 0).model()).isEqualTo("opus-4");
        assertThat(details.model()).as("nobody has chosen it").isNull();
        details.setModel(null);
        assertThat(details.view(0, 0).model()).as("the next agent may use another").isNull();
        details.setModel("haiku");
        details.updateFromInit(system("init", ",\"model\":\"haiku-3\""));
        assertThat(details.view(0, 0).model()).isEqualTo("haiku");
    }

    @ParameterizedTest
    @CsvSource({"init,true", "status,true", "compact_boundary,false"})
    void theAgentsPermissionModeIsLearned(String subtype, boolean learned) throws Exception {
        Message message = system(subtype, ",\"permissionMode\":\"plan\"");
        assertThat(details.updatePermissionMode(message)).isEqualTo(learned);
        assertThat(details.updatePermissionMode(message)).as("it is no change").isFalse();
        assertThat(details.permissionMode()).isEqualTo(learned ? "plan" : null);
    }

    @Test
    void theModeOfAGuestsPromptIsNotTheSessionsOwn() throws Exception {
        var settings = new PromptSettings("small", "plan", AgentOptions.NONE);
        assertThat(details.useSettings(settings)).isTrue();
        assertThat(details.useSettings(settings)).as("the agent runs with them").isFalse();
        assertThat(details.updatePermissionMode(system("init", ",\"permissionMode\":\"plan\"")))
                .isFalse();
        assertThat(details.permissionMode()).isNull();
        assertThat(details.useSettings(null)).isTrue();
        assertThat(details.guestSettings()).isNull();
    }

    @Test
    void onlyANewStateOrAnotherFailureIsPublished() {
        assertThat(details.apply(new Trigger.TurnFailed("why"))).isTrue();
        assertThat(details.apply(new Trigger.TurnFailed("why"))).as("of another prompt").isTrue();
        assertThat(details.apply(new Trigger.SessionEnded())).isTrue();
        assertThat(details.apply(new Trigger.SessionEnded())).isFalse();
        assertThat(details.toRecord(0).ended()).isTrue();
    }

    @Test
    void anotherAccountIsThereAfterARestart() {
        details.update(new SessionUpdate(null, null, null, "work-1"));
        assertThat(details.options().account()).isEqualTo("work-1");
        String options = details.toRecord(0).options();

        details =
                new SessionDetails(
                        StoredSession.of(UUID.randomUUID()).origin("sessions", options).record(),
                        new SessionMemoryBudget(Long.MAX_VALUE));
        assertThat(details.options().account()).isEqualTo("work-1");
    }

    @Test
    void anUpdateChangesOnlyWhatItNames() {
        details.update(new SessionUpdate("Plans", true, null));
        details.update(new SessionUpdate(null, null, true));
        SessionRecord record = details.toRecord(0);
        assertThat(record.title()).isEqualTo("Plans");
        assertThat(record.pinned()).isTrue();
        assertThat(record.archived()).isTrue();
        details.update(new SessionUpdate(null, false, false));
        assertThat(details.toRecord(0).pinned()).isFalse();
        assertThat(details.toRecord(0).archived()).isFalse();
    }

    private String title() {
        return details.toRecord(0).title();
    }

    private double cost() {
        return details.toRecord(0).costUsd();
    }

    /// A session that continues a conversation of which it knows nothing.
    private static SessionDetails branched() {
        SessionDetails details = with(null, 0);
        details.setLineage(
                Lineage.startingWith(
                        new Conversation.Branched(
                                UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID())));
        return details;
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
