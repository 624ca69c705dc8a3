package dev.oriel.client.compat.protocol;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.compat.protocol.ProtocolEvent.Closed;
import dev.oriel.client.compat.protocol.ProtocolEvent.Opened;
import dev.oriel.client.compat.protocol.ProtocolEvent.PromptSubmitted;
import dev.oriel.client.compat.protocol.ProtocolEvent.TurnPollDue;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every frame of `embedded-server/docs/wire.md` 5, of the first generation and of the second.
class ManagerAdapterTest {
    private final AdapterDriver<ManagerState> driver = new AdapterDriver<>(new ManagerAdapter());

    private static String list(String status) {
        return "{'type':'sessions_list','sessions':[{'id':'s','status':'"
                + status
                + "','options':{},'created_at':'2026-01-02T03:04:05.000006','error_message':'broken'}]}";
    }

    @Test
    void theKeyIsSentFirstAndTheListAcceptsTheConnection() {
        assertThat(driver.open("key"))
                .containsExactly(
                        "> {\"type\":\"auth\",\"token\":\"key\"}",
                        "> {\"type\":\"list_sessions\"}");
        assertThat(driver.open("")).containsExactly("> {\"type\":\"list_sessions\"}");
        assertThat(driver.receive("{'type':'auth_success'}")).isEmpty();
        assertThat(driver.receive("{'type':'sessions_list','sessions':[]}"))
                .containsExactly("accept", "sessions 0");
    }

    @Test
    void aRefusedKeyIsFinal() {
        driver.open("wrong");
        assertThat(driver.receive("{'type':'error','message':'Invalid authentication token'}"))
                .containsExactly("note The server refused the key.");
        assertThat(driver.disconnectReason(1008, "Authentication required"))
                .isInstanceOf(DisconnectReason.Refused.class);
    }

    @Test
    void sessionsAreCreatedAndEndedByName() {
        assertThat(
                        json(
                                driver.create("s", new NewSessionRequest("/w", null, null, null))
                                        .getFirst()
                                        .substring(2)))
                .isEqualTo(
                        json(
                                "{'type':'create_session','session_id':'s','options':"
                                    + "{'working_directory':'/w','permission_mode':'default'}}"));
        assertThat(
                        driver.receive(
                                "{'type':'session_created','session_id':'s','session':{'id':'s'}}"))
                .containsExactly("add s");
        assertThat(driver.end("s"))
                .containsExactly("> {\"type\":\"end_session\",\"session_id\":\"s\"}");
        assertThat(driver.receive("{'type':'session_ended','session_id':'s'}"))
                .containsExactly("remove s");
    }

    @Test
    void anErrorWithoutASessionRejectsTheOldestRequest() {
        driver.create("s", NewSessionRequest.DEFAULTS);
        assertThat(
                        driver.receive(
                                "{'type':'error','message':'Maximum concurrent sessions (10)"
                                        + " reached','session_id':null,'details':null}"))
                .containsExactly("reject s Maximum concurrent sessions (10) reached");
        driver.end("s");
        assertThat(
                        driver.receive(
                                "{'type':'error','message':'Session s not"
                                        + " found','session_id':null}"))
                .containsExactly("reject s Session s not found");
        assertThat(driver.receive("{'type':'error','message':'Unknown message type: x'}"))
                .containsExactly("problem Unknown message type: x");
    }

    @Test
    void aTurnThatOutlivedItsConnectionRunsUntilTheListShowsItsEnd() {
        driver.open("");
        driver.prompt("s", "hi");
        driver.receive("{'type':'agent_thinking','thinking':true,'session_id':'s'}");
        assertThat(driver.close(1006, "").getLast()).isEqualTo("finish turn");
        driver.open("");
        assertThat(driver.receive(list("processing")))
                .containsExactly("accept", "sessions 1", "start turn");
        assertThat(driver.receive(list("processing"))).containsExactly("accept", "sessions 1");
        assertThat(driver.poll()).containsExactly("> {\"type\":\"list_sessions\"}");
        assertThat(driver.receive(list("idle")))
                .containsExactly("accept", "sessions 1", "result", "finish turn");
    }

    @Test
    void eitherTheErrorOrTheCloseCodeTellsThatTheKeyWasRefused() {
        assertThat(driver.disconnectReason(1000, "")).isEqualTo(AdapterDriver.LOST);
        assertThat(driver.disconnectReason(1008, "Authentication required"))
                .isEqualTo(new DisconnectReason.Refused("The server refused the key."));
        for (String error :
                List.of("First message must be authentication", "Authentication failed")) {
            driver.open("key");
            driver.receive("{'type':'error','message':'" + error + "'}");
            assertThat(driver.disconnectReason(1006, ""))
                    .isInstanceOf(DisconnectReason.Refused.class);
        }
        driver.open("key");
        assertThat(driver.disconnectReason(1006, "")).isEqualTo(AdapterDriver.LOST);
    }

    @Test
    void anErrorThatOnlyNamesASessionFailsTheTurnOfThatSession() {
        driver.prompt("first", "hi");
        driver.prompt("second", "hi");
        assertThat(driver.receive("{'type':'error','message':'No agent for second'}"))
                .containsExactly("failed No agent for second", "finish turn");
        assertThat(driver.receive("{'type':'error','message':'No agent for second'}"))
                .containsExactly("problem No agent for second");
    }

    @Test
    void aPromptThatTheServerRefusesFailsTheTurnThatHasNotBegun() {
        driver.prompt("first", "hi");
        driver.receive("{'type':'agent_thinking','thinking':true,'session_id':'first'}");
        driver.prompt("second", "hi");
        String refused = "{'type':'error','message':'Failed to send prompt: too long'}";
        assertThat(driver.receive(refused))
                .containsExactly("failed Failed to send prompt: too long", "finish turn");
        assertThat(driver.state().turns()).containsOnlyKeys("first");
        assertThat(driver.receive(refused))
                .containsExactly("problem Failed to send prompt: too long");
    }

    @Test
    void theEndOfATurnWithdrawsItsAsksAndClosesItsTools() {
        driver.prompt("s", "hi");
        driver.receive(
                "{'type':'agent_tool_use','tool':'Bash','tool_use_id':'t','session_id':'s'}",
                "{'type':'permission_request','session_id':'s','request_id':'r1','tool':'Bash'}",
                "{'type':'permission_request','session_id':'s','request_id':'r2','tool':'Edit'}");
        assertThat(driver.receive("{'type':'agent_error','message':'broken','session_id':'s'}"))
                .containsExactly(
                        "result of tool This server does not send the results of tools.",
                        "withdrawn r1",
                        "withdrawn r2",
                        "failed broken",
                        "finish turn");
    }

    @Test
    void anAskHasTheInputAndTheDescriptionOfItsRequest() {
        assertThat(
                        ask(
                                "{'type':'permission_request','session_id':'s','request_id':'r',"
                                        + "'tool':'Bash','parameters':{'command':'ls'},"
                                        + "'description':'Lists files'}"))
                .isEqualTo(
                        json(
                                "{'subtype':'can_use_tool','tool_name':'Bash',"
                                        + "'suppress_always_allow_rule':true,"
                                        + "'input':{'command':'ls'},'description':'Lists files'}"));
        assertThat(
                        ask(
                                "{'type':'permission_request','session_id':'s','request_id':'r',"
                                        + "'parameters':'ls','description':7}"))
                .isEqualTo(
                        json(
                                "{'subtype':'can_use_tool','tool_name':'Tool',"
                                        + "'suppress_always_allow_rule':true,'input':{}}"));
    }

    private static JsonNode ask(String loose) {
        return published(loose).getLast().tree().path("request");
    }

    /// The messages of a turn that consists of these frames.
    private static List<Message> published(String... frames) {
        ManagerAdapter adapter = new ManagerAdapter();
        ManagerState state = adapter.initialState().startTurn("s");
        List<Message> messages = new ArrayList<>();
        for (String loose : frames) {
            ProtocolAdapter.Step<ManagerState> step = adapter.on(state, AdapterTable.frame(loose));
            state = step.state();
            for (ProtocolEffect effect : step.effects()) {
                if (effect instanceof ProtocolEffect.Publish(_, Message message)) {
                    messages.add(message);
                }
            }
        }
        return messages;
    }

    @Test
    void messagesAndToolsOfATurnHaveDistinctIds() {
        String text = "{'type':'agent_message','content':'%s','complete':false,'session_id':'s'}";
        String tool = "{'type':'agent_tool_use','tool':'Bash','session_id':'s','result':'ok'}";
        List<Message> messages =
                published(
                        text.formatted("a"), tool, text.formatted("b"), tool, text.formatted("c"));
        List<String> ids =
                messages.stream()
                        .filter(m -> m.is("assistant"))
                        .map(m -> m.tree().path("message").path("id").asText())
                        .toList();
        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
        List<String> tools =
                messages.stream()
                        .map(m -> m.tree().path("message").path("content").path(0))
                        .filter(b -> b.path("type").asText().equals("tool_use"))
                        .map(b -> b.path("id").asText())
                        .toList();
        assertThat(tools).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void theFirstGenerationSendsEachTextOnceAndNoEnd() {
        driver.open("");
        driver.receive("{'type':'sessions_list','sessions':[]}");
        assertThat(driver.prompt("s", "hi"))
                .containsExactly(
                        "> {\"type\":\"send_prompt\",\"session_id\":\"s\",\"prompt\":\"hi\"}");
        // Nothing has begun: this is the list as it was before.
        assertThat(driver.receive(list("idle"))).containsExactly("accept", "sessions 1");
        assertThat(driver.receive("{'type':'agent_thinking','thinking':true,'session_id':'s'}"))
                .containsExactly("system status");
        assertThat(driver.poll()).containsExactly("> {\"type\":\"list_sessions\"}");
        // One question at a time, however long it takes.
        assertThat(driver.poll()).isEmpty();
        assertThat(
                        driver.receive(
                                "{'type':'agent_thinking','thinking':false,'session_id':'s'}",
                                "{'type':'agent_message','content':'One.','complete':false,'session_id':'s'}",
                                "{'type':'agent_message','content':'Two.','complete':false,'session_id':'s'}",
                                "{'type':'agent_message','content':'','complete':true,'session_id':'s'}"))
                .containsExactly("text One.", "text Two.");
        assertThat(driver.receive(list("idle")))
                .containsExactly("accept", "sessions 1", "result", "finish turn");
        assertThat(driver.poll()).isEmpty();
    }

    @Test
    void aTextThatTheSecondGenerationRepeatsIsPublishedOnce() {
        driver.prompt("s", "hi");
        assertThat(
                        driver.receive(
                                "{'type':'agent_message','content':'One"
                                        + " ','complete':false,'message_id':'a','session_id':'s'}",
                                "{'type':'agent_message','content':'two','complete':false,"
                                        + "'message_id':'a','session_id':'s'}",
                                "{'type':'agent_tool_use','tool':'Bash','parameters':{'c':1},"
                                        + "'tool_use_id':'t','session_id':'s'}",
                                "{'type':'agent_message','content':'One"
                                    + " two','complete':true,'message_id':'a','session_id':'s'}",
                                "{'type':'agent_message','content':'Three','complete':false,"
                                        + "'message_id':'b','session_id':'s'}",
                                "{'type':'agent_message','content':'Three','complete':true,"
                                        + "'message_id':'b','session_id':'s'}"))
                .containsExactly(
                        "text One ",
                        "text two",
                        "call Bash{\"c\":1}",
                        // A text is complete: perhaps the turn is as well.
                        "> {\"type\":\"list_sessions\"}",
                        "result of tool This server does not send the results of tools.",
                        "text Three");
        assertThat(driver.receive(list("processing"))).containsExactly("accept", "sessions 1");
        assertThat(driver.receive(list("idle"))).endsWith("result", "finish turn");
    }

    @Test
    void aTextThatComesOnlyInTheLastFrameIsPublished() {
        driver.prompt("s", "hi");
        assertThat(
                        driver.receive(
                                "{'type':'agent_message','content':'One','complete':false,'session_id':'s'}",
                                "{'type':'agent_message','content':'One and"
                                        + " more','complete':true,'session_id':'s'}"))
                .startsWith("text One", "text  and more");
    }

    @Test
    void anAskIsResolvedOrWithdrawn() {
        driver.prompt("s", "hi");
        String ask =
                "{'type':'permission_request','session_id':'s','request_id':'r','tool':'Bash',"
                        + "'parameters':{'command':'ls'},'description':'List'}";
        assertThat(driver.receive(ask)).containsExactly("ask Bash");
        assertThat(driver.resolve("s", "r", "{'behavior':'allow'}"))
                .containsExactly(
                        "> {\"type\":\"permission_response\",\"session_id\":\"s\","
                                + "\"request_id\":\"r\",\"approved\":true}");
        assertThat(driver.resolve("s", "r", "{'behavior':'deny','message':'no'}"))
                .containsExactly(
                        "> {\"type\":\"permission_response\",\"session_id\":\"s\","
                                + "\"request_id\":\"r\",\"approved\":false,\"reason\":\"no\"}");
        assertThat(
                        driver.receive(
                                "{'type':'permission_acknowledged','session_id':'s','request_id':'r',"
                                    + "'approved':true,'tool':'Bash','status':'executing'}"))
                .containsExactly("withdrawn r");
        assertThat(driver.receive("{'type':'error','message':'Permission request q not found'}"))
                .allMatch(w -> w.startsWith("problem"));
    }

    @Test
    void aFailureFinishesTheTurnOfItsOwnSession() {
        driver.prompt("s", "hi");
        driver.prompt("t", "hi");
        assertThat(
                        driver.receive(
                                "{'type':'agent_error','message':'broken pipe','session_id':'s'}"))
                .containsExactly("failed broken pipe", "finish turn");
        assertThat(
                        driver.receive(
                                "{'type':'error','message':'Failed to send prompt:"
                                        + " bad','session_id':null}"))
                .containsExactly("failed Failed to send prompt: bad", "finish turn");
        driver.prompt("s", "hi");
        assertThat(
                        driver.receive(
                                "{'type':'error','message':'Session s not"
                                        + " found','session_id':null}"))
                .containsExactly("failed Session s not found", "finish turn");
        driver.prompt("s", "hi");
        driver.receive("{'type':'agent_thinking','thinking':true,'session_id':'s'}");
        assertThat(driver.receive(list("error"))).endsWith("failed broken", "finish turn");
    }

    @Test
    void aLostConnectionFailsTurnsAndForgetsRequests() {
        driver.prompt("s", "hi");
        driver.create("n", NewSessionRequest.DEFAULTS);
        assertThat(driver.close(1006, ""))
                .containsExactly(
                        "failed The connection was lost in the middle of the answer.",
                        "finish turn");
        assertThat(driver.state().creating()).isEmpty();
    }

    @Test
    void unknownFramesAreNoted() {
        assertThat(driver.receive("{'type':'pong','timestamp':'x'}", "{'type':'agents_killed'}"))
                .isEmpty();
        assertThat(driver.receive("{'type':'session_updated'}"))
                .containsExactly("note ignored: unknown type session_updated");
        assertThat(
                        driver.receive(
                                "{'type':'agent_message','content':{'type':'assistant'},'session_id':'s'}"))
                .containsExactly("start turn", "note ignored: agent_message without a text");
        assertThat(driver.receive("{'type':'agent_thinking','thinking':true}"))
                .containsExactly("note ignored: agent_thinking without session_id");
        assertThat(driver.receive("7")).containsExactly("note ignored: no JSON object");
    }

    @TestFactory
    List<DynamicTest> transitions() {
        ManagerState empty = ManagerState.INITIAL;
        ManagerState running = empty.startTurn("s");
        ManagerState polled = running.withListRequested(true);
        ManagerState creating = empty.withCreating("n");
        ManagerState ending = empty.withEnding("s");
        ProtocolEvent poll = new TurnPollDue();
        ProtocolEvent idleList =
                AdapterTable.frame(
                        "{'type':'sessions_list','sessions':[{'id':'s','status':'idle'}]}");
        ProtocolEvent error = AdapterTable.frame("{'type':'error','message':'no'}");
        ProtocolEvent started =
                AdapterTable.frame("{'type':'agent_thinking','thinking':false,'session_id':'s'}");
        ManagerState shown =
                running.withTurn(
                        new ManagerTurn("s", "manager-1", true, "", "", List.of(), List.of(), 0));
        String list = "> {\"type\":\"list_sessions\"}";
        String lost = "failed The connection was lost in the middle of the answer.";
        String prompt = "> {\"type\":\"send_prompt\",\"session_id\":\"s\",\"prompt\":\"hi\"}";
        return new AdapterTable<>(new ManagerAdapter())
                .row("opened", empty, new Opened(""), empty.connected(), list)
                .row(
                        "opened after a refusal",
                        empty.withRefusal(),
                        new Opened(""),
                        empty.connected(),
                        list)
                .row("prompt", empty, new PromptSubmitted("s", "u", "hi"), running, prompt)
                .row("poll without a turn", empty, poll, empty)
                .row("poll with a turn", running, poll, polled, list)
                .row("poll while a list is requested", polled, poll, polled)
                .row("first sign of a turn", running, started, shown)
                .row("first sign of another client's turn", empty, started, shown, "start turn")
                .row(
                        "list before the first sign",
                        polled,
                        idleList,
                        running,
                        "accept",
                        "sessions 1")
                .row(
                        "list after the first sign",
                        shown.withListRequested(true),
                        idleList,
                        shown.withoutTurn("s"),
                        "accept",
                        "sessions 1",
                        "result",
                        "finish turn")
                .row("error without a request", empty, error, empty, "problem no")
                .row("error with a creation", creating, error, empty, "reject n no")
                .row(
                        "error that names the session to end",
                        ending,
                        AdapterTable.frame("{'type':'error','message':'Session s not found'}"),
                        empty,
                        "reject s Session s not found")
                .row(
                        "created",
                        creating,
                        AdapterTable.frame(
                                "{'type':'session_created','session_id':'n','session':{'id':'n'}}"),
                        empty,
                        "add n")
                .row(
                        "ended",
                        running.withEnding("s"),
                        AdapterTable.frame("{'type':'session_ended','session_id':'s'}"),
                        running.withoutTurn("s"),
                        "remove s")
                .row(
                        "closed",
                        running.withCreating("n"),
                        new Closed(1006, ""),
                        running.withoutTurn("s"),
                        lost,
                        "finish turn")
                .tests();
    }
}
