package dev.oriel.session.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.TrustRequested;
import dev.oriel.session.turn.TurnFixture;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Replies to asks: the first valid one wins. `other` follows the session like `client`.
class AskCommandsTest extends TurnFixture {
    private final Events other = new Events();
    private AskCommands commands;

    @BeforeEach
    void openAsk() throws Exception {
        commands = new AskCommands(model, output, turns, false);
        client.role = Role.OWNER;
        output.subscribe(other, null);
        prompt("go");
        agent(0).emitAsk("ask-1", "Bash", "{}");
        lane.runAll();
        client.events.clear();
        other.events.clear();
    }

    private static Message reply(String id, String response) throws Exception {
        return Message.parse(
                """
                {"type":"control_response","response":{"subtype":"success","request_id":"%s",
                 "response":%s}}\
                """
                        .formatted(id, response));
    }

    private void allow(Events from) throws Exception {
        commands.reply(from, reply("ask-1", "{\"behavior\":\"allow\",\"updatedInput\":{}}"));
    }

    @Test
    void theFirstReplyReachesTheAgentAndClosesTheAskForTheOthers() throws Exception {
        allow(client);
        assertThat(agent(0).responses()).hasSize(1);
        assertThat(other.last(AskClosed.class).requestId()).isEqualTo("ask-1");
        assertThat(client.all(AskClosed.class)).isEmpty();
        assertThat(model.details().state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void aLaterReplyIsAnsweredWithTheEndOfTheAsk() throws Exception {
        allow(client);
        other.events.clear();
        allow(other);
        assertThat(other.last(AskClosed.class).requestId()).isEqualTo("ask-1");
        assertThat(agent(0).responses()).hasSize(1);
    }

    @Test
    void aReplyThatIsNotValidLeavesTheAskOpen() throws Exception {
        commands.reply(client, reply("ask-1", "{\"behavior\":\"perhaps\"}"));
        assertThat(client.last(RequestRejected.class).code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(agent(0).responses()).isEmpty();
        assertThat(model.asks().has("ask-1")).isTrue();
        assertThat(model.details().state()).isInstanceOf(SessionState.Asking.class);
        allow(other);
        assertThat(agent(0).responses()).hasSize(1);
    }

    @Test
    void aTurnWaitsForAllItsAsks() throws Exception {
        agent(0).emitAsk("ask-2", "Bash", "{}");
        lane.runAll();
        allow(client);
        assertThat(model.details().state()).isInstanceOf(SessionState.Asking.class);
        commands.reply(client, reply("ask-2", "{\"behavior\":\"deny\",\"message\":\"no\"}"));
        assertThat(model.details().state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void aGuestMayAnswerAPermissionAndNoElicitation() throws Exception {
        agent(0).emit(
                        """
                        {"type":"control_request","request_id":"form-1",
                         "request":{"subtype":"elicitation","mcp_server_name":"s","message":"?"}}\
                        """);
        lane.runAll();
        other.events.clear();
        commands.reply(other, reply("form-1", "{\"action\":\"accept\",\"content\":{}}"));
        assertThat(other.last(AskClosed.class).requestId()).isEqualTo("form-1");
        assertThat(agent(0).responses()).isEmpty();
        commands.reply(client, reply("form-1", "{\"action\":\"accept\",\"content\":{}}"));
        allow(other);
        assertThat(agent(0).responses()).hasSize(2);
    }

    @Test
    void aReplyToAnAgentThatIsExitingIsRefused() throws Exception {
        turns.agent().close();
        allow(client);
        assertThat(client.last(RequestRejected.class).text()).contains("not running");
        assertThat(agent(0).responses()).isEmpty();
    }

    @Test
    void aReplyToTheQuestionAboutTheFolderIsNotAskedOfTheAgent() throws Exception {
        model.trust().open(new TrustRequested("trust-1", "/", List.of(), 0), "digest");
        commands.reply(client, reply("trust-1", "{\"behavior\":\"deny\",\"message\":\"no\"}"));
        assertThat(model.trust().pending()).isEmpty();
        assertThat(other.last(AskClosed.class).requestId()).isEqualTo("trust-1");
        assertThat(client.events).isEmpty();
        assertThat(agent(0).responses()).isEmpty();
    }

    @Test
    void aReplyWithoutAnIdIsIgnored() throws Exception {
        commands.reply(client, Message.parse("{\"type\":\"control_response\"}"));
        assertThat(client.events).isEmpty();
        assertThat(model.asks().size()).isEqualTo(1);
    }
}
