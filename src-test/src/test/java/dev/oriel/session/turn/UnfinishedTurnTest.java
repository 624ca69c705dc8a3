package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whether a session's messages end in the middle of a turn.
class UnfinishedTurnTest extends TurnFixture {
    private static final String RESULT =
            """
            {"type":"result","subtype":"success"}\
            """;

    private void assertUnfinished(boolean unfinished) throws Exception {
        SessionRecord record = journal.findSession(id).orElseThrow();
        assertThat(UnfinishedTurn.find(journal, record).isPresent()).isEqualTo(unfinished);
    }

    private void append(String... lines) throws Exception {
        for (String line : lines) {
            output.record(Message.parse(line));
        }
        output.flush();
    }

    private void appendPrompt() {
        output.record(UserMessages.prompt(UUID.randomUUID(), "Hello"));
        output.flush();
    }

    @Test
    void anEmptySessionHasNone() throws Exception {
        assertUnfinished(false);
    }

    @Test
    void aPromptWithoutAResultIsOne() throws Exception {
        appendPrompt();
        assertUnfinished(true);
        append(RESULT);
        assertUnfinished(false);
    }

    @Test
    void anExitOfTheAgentEndsTheTurn() throws Exception {
        appendPrompt();
        append(
                """
                {"type":"system","subtype":"oriel_agent_exited"}\
                """);
        assertUnfinished(false);
    }

    @Test
    void theTurnOfTheSessionThatWasForkedIsNone() throws Exception {
        appendPrompt();
        append(
                """
                {"type":"system","subtype":"oriel_forked"}\
                """);
        assertUnfinished(false);
    }

    @Test
    void messagesOfABackgroundTaskAfterTheResultAreNone() throws Exception {
        appendPrompt();
        append(
                RESULT,
                """
                {"type":"assistant","parent_tool_use_id":"toolu_1","message":{"content":[]}}\
                """,
                """
                {"type":"user","parent_tool_use_id":"toolu_1","message":{"content":[]}}\
                """);
        assertUnfinished(false);
    }

    @Test
    void messagesOfASubagentDuringATurnDoNotHideIt() throws Exception {
        appendPrompt();
        append(
                """
                {"type":"assistant","parent_tool_use_id":"toolu_1","message":{"content":[]}}\
                """);
        assertUnfinished(true);
    }
}
