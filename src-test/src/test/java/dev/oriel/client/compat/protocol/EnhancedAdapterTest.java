package dev.oriel.client.compat.protocol;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static dev.oriel.client.compat.protocol.ProtocolAdapter.ONLY_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.compat.protocol.ProtocolEvent.Closed;
import dev.oriel.client.compat.protocol.ProtocolEvent.InterruptRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.Opened;
import dev.oriel.client.compat.protocol.ProtocolEvent.PromptSubmitted;
import dev.oriel.client.compat.protocol.ProtocolEvent.SessionEndRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.TurnPollDue;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Message;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every frame of `embedded-server/docs/wire.md` 1.
class EnhancedAdapterTest {
    private final AdapterDriver<EnhancedState> driver = new AdapterDriver<>(new EnhancedAdapter());

    private void submitPrompt() {
        driver.prompt(ONLY_SESSION, "hello");
    }

    @Test
    void theFirstFrameAcceptsTheConnection() {
        assertThat(
                        driver.receive(
                                "{'type':'connection_established','data':{'session_id':'session_1'}}"))
                .containsExactly("accept");
    }

    @Test
    void aQueryHasOnlyTheOptionsThatWereChosen() {
        assertThat(driver.prompt(ONLY_SESSION, "hi"))
                .containsExactly("> {\"type\":\"query\",\"prompt\":\"hi\",\"options\":{}}");
        driver.create(ONLY_SESSION, new NewSessionRequest("/proj", null, "m1", "plan"));
        assertThat(json(driver.prompt(ONLY_SESSION, "hi").getFirst().substring(2)))
                .isEqualTo(
                        json(
                                "{'type':'query','prompt':'hi','options':{'permission_mode':'plan',"
                                        + "'model':'m1','cwd':'/proj'}}"));
    }

    @Test
    void theNextQueryResumesTheConversationOfTheLastResult() {
        submitPrompt();
        driver.receive(
                "{'type':'result_message','data':{'subtype':'success',"
                        + "'session_id':'6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01'}}");
        driver.receive("{'type':'query_end'}");
        assertThat(driver.prompt(ONLY_SESSION, "more").getFirst())
                .contains("\"resume\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01\"");
        driver.end(ONLY_SESSION);
        assertThat(driver.prompt(ONLY_SESSION, "anew").getFirst()).doesNotContain("resume");
    }

    @Test
    void aTurnIsPublishedInOrderAndFinishesOnce() {
        submitPrompt();
        assertThat(driver.receive("{'type':'query_start','data':{'prompt':'hello'}}"))
                .containsExactly("system status");
        assertThat(
                        driver.receive(
                                "{'type':'system_message','data':{'type':'system','subtype':'init'}}"))
                .containsExactly("system init");
        assertThat(
                        driver.receive(
                                "{'type':'assistant_message','data':{'content':[{'type':'text','text':'Hi'},"
                                    + "{'type':'tool_use','id':'t','name':'Bash','input':{'a':1}},"
                                    + "{'type':'tool_result','tool_use_id':'t','content':'ok','is_error':null}]}}"))
                .containsExactly("text Hi + call Bash{\"a\":1}", "result of tool ok");
        assertThat(
                        driver.receive(
                                "{'type':'result_message','data':{'subtype':'success','cost_usd':0.1,"
                                    + "'total_cost_usd':0.3,'duration_ms':5,'num_turns':1,'usage':null}}"))
                .containsExactly("result");
        assertThat(driver.receive("{'type':'query_end'}")).containsExactly("finish turn");
        assertThat(driver.receive("{'type':'query_end'}")).isEmpty();
    }

    @Test
    void anInterruptIsPublishedOnceHoweverTheServerReportsIt() {
        submitPrompt();
        assertThat(driver.interrupt(ONLY_SESSION)).containsExactly("> {\"type\":\"interrupt\"}");
        assertThat(driver.receive("{'type':'interrupt_acknowledged'}"))
                .containsExactly("confirm interrupt");
        assertThat(driver.receive("{'type':'query_cancelled'}"))
                .containsExactly("interrupted", "finish turn");
        submitPrompt();
        assertThat(driver.receive("{'type':'query_interrupted'}"))
                .containsExactly("interrupted", "finish turn");
        assertThat(driver.receive("{'type':'query_end'}")).isEmpty();
        assertThat(driver.interrupt(ONLY_SESSION)).containsExactly("confirm interrupt");
    }

    @Test
    void anErrorFailsTheQueryUnlessItIsAboutAnotherOne() {
        assertThat(
                        driver.receive(
                                "{'type':'error','data':{'error':'Tool registry not available'}}"))
                .containsExactly("problem Tool registry not available");
        submitPrompt();
        assertThat(
                        driver.receive(
                                "{'type':'error','data':{'error':'A query is already in progress."
                                        + " Use interrupt to stop it.'}}"))
                .allMatch(w -> w.startsWith("problem"));
        assertThat(driver.receive("{'type':'error','data':{'error':'CLI process failed'}}"))
                .containsExactly("failed CLI process failed", "finish turn");
    }

    @Test
    void unknownFramesAreNotedAndMeaninglessOnesAreIgnored() {
        for (String quiet : List.of("pong", "input_acknowledged", "tool_defined", "tools_list")) {
            assertThat(driver.receive("{'type':'" + quiet + "','data':{}}")).isEmpty();
        }
        assertThat(driver.receive("{'type':'oauth_status'}"))
                .containsExactly("note ignored: unknown type oauth_status");
        assertThat(driver.receive("nonsense")).containsExactly("note ignored: no JSON object");
        assertThat(driver.receive("[]")).containsExactly("note ignored: no JSON object");
        assertThat(driver.receive("{'type':'system_message'}"))
                .containsExactly("note ignored: system_message without data");
    }

    @Test
    void messagesOfOrielsOwnSubtypesAreIgnored() {
        assertThat(driver.receive("{'type':'system_message','data':{'subtype':'oriel_session'}}"))
                .containsExactly("note ignored: system_message");
    }

    @Test
    void aLostConnectionFailsTheQueryAndARefusalIsFinal() {
        submitPrompt();
        assertThat(driver.close(1006, "").getLast()).isEqualTo("finish turn");
        assertThat(driver.close(1006, "")).isEmpty();
        assertThat(driver.disconnectReason(1008, "Invalid authentication"))
                .isEqualTo(
                        new DisconnectReason.Refused(
                                "The server refused the connection: Invalid authentication"));
        assertThat(driver.disconnectReason(1000, "")).isEqualTo(AdapterDriver.LOST);
    }

    @Test
    void theSecondEndOfAnInterruptedQueryDoesNotEndTheNextOne() {
        submitPrompt();
        driver.interrupt(ONLY_SESSION);
        assertThat(
                        driver.receive(
                                "{'type':'interrupt_acknowledged'}",
                                "{'type':'query_interrupted'}"))
                .containsExactly("confirm interrupt", "interrupted", "finish turn");
        // The next prompt is on its way when the server's `query_end` arrives.
        driver.prompt(ONLY_SESSION, "next");
        assertThat(driver.receive("{'type':'query_end'}")).isEmpty();
        assertThat(driver.receive("{'type':'query_start'}", "{'type':'query_end'}"))
                .containsExactly("system status", "result", "finish turn");
    }

    @Test
    void aServerThatEndsAnInterruptedQueryOnceEndsTheNextOneToo() {
        submitPrompt();
        driver.receive("{'type':'query_interrupted'}");
        driver.prompt(ONLY_SESSION, "next");
        assertThat(
                        driver.receive(
                                "{'type':'query_start'}",
                                "{'type':'interrupt_acknowledged'}",
                                "{'type':'query_cancelled'}"))
                .containsExactly(
                        "system status", "confirm interrupt", "interrupted", "finish turn");
    }

    @Test
    void aNewConnectionExpectsNoEndOfAnEarlierQuery() {
        submitPrompt();
        driver.receive("{'type':'query_interrupted'}");
        driver.open("");
        driver.prompt(ONLY_SESSION, "next");
        assertThat(driver.receive("{'type':'query_end'}")).containsExactly("result", "finish turn");
    }

    @Test
    void blocksBecomeMessagesOfTheAgentAndOfItsToolsWithDistinctIds() {
        EnhancedAdapter adapter = new EnhancedAdapter();
        ProtocolEvent blocks =
                AdapterTable.frame(
                        "{'type':'assistant_message','data':{'content':[{'type':'text','text':'a'},"
                            + "{'type':'tool_result','tool_use_id':'t','content':'r','is_error':true}]}}");
        ProtocolAdapter.Step<EnhancedState> first = adapter.on(adapter.initialState(), blocks);
        List<Message> messages =
                Stream.of(first, adapter.on(first.state(), blocks))
                        .flatMap(step -> step.effects().stream())
                        .map(effect -> ((ProtocolEffect.Publish) effect).message())
                        .toList();
        assertThat(messages)
                .extracting(Message::type)
                .containsExactly("assistant", "user", "assistant", "user");
        assertThat(messages.get(0).tree().path("message").path("id"))
                .isNotEqualTo(messages.get(2).tree().path("message").path("id"));
        assertThat(messages.get(1).tree().path("message").path("content").path(0))
                .isEqualTo(
                        json(
                                "{'type':'tool_result','tool_use_id':'t','content':'r','is_error':true}"));
    }

    @Test
    void onlyAConversationOfTheCliIsResumed() {
        String result = "{'type':'result_message','data':{'session_id':'%s'}}";
        String id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        driver.receive(result.formatted(id));
        assertThat(driver.state().conversation()).isEqualTo(id);
        driver.receive(result.formatted("session_123456789012345"));
        assertThat(driver.state().conversation()).isEqualTo(id);
        assertThat(driver.prompt(ONLY_SESSION, "hi"))
                .singleElement()
                .asString()
                .contains("\"resume\":\"" + id + "\"");
    }

    @Test
    void aResultHasTheMembersThatTheServerSendsAndTellsAnInterrupt() {
        assertThat(
                        result(
                                new EnhancedAdapter().initialState().started(),
                                "{'subtype':'error_max_turns','num_turns':3,'usage':null,'other':1}"))
                .isEqualTo(
                        json(
                                "{'type':'result','subtype':'error_max_turns','is_error':true,'num_turns':3}"));
        assertThat(
                        result(
                                new EnhancedAdapter().initialState().started().stopping(),
                                "{'total_cost_usd':0.5}"))
                .isEqualTo(
                        json(
                                "{'type':'result','subtype':'success','is_error':false,"
                                    + "'terminal_reason':'aborted_streaming','total_cost_usd':0.5}"));
    }

    private static JsonNode result(EnhancedState state, String data) {
        return ((ProtocolEffect.Publish)
                        new EnhancedAdapter()
                                .on(
                                        state,
                                        AdapterTable.frame(
                                                "{'type':'result_message','data':" + data + "}"))
                                .effects()
                                .getFirst())
                .message()
                .tree();
    }

    @Test
    void onlyAJsonWebTokenIsPartOfTheAddress() throws Exception {
        ServerAddress server = ServerAddress.parse("ws://host:8000/ws");
        assertThat(new EnhancedAdapter().address(server, "plain")).hasToString("ws://host:8000/ws");
        assertThat(new EnhancedAdapter().address(server, "aa.bb.cc"))
                .hasToString("ws://host:8000/ws?token=aa.bb.cc");
    }

    @TestFactory
    List<DynamicTest> transitions() {
        EnhancedState idle = new EnhancedAdapter().initialState();
        EnhancedState running = idle.started();
        EnhancedState stopping = running.stopping();
        EnhancedState answered = running.withResult(true);
        ProtocolEvent prompt = new PromptSubmitted(ONLY_SESSION, "u", "hi");
        ProtocolEvent result =
                AdapterTable.frame("{'type':'result_message','data':{'subtype':'success'}}");
        ProtocolEvent end = AdapterTable.frame("{'type':'query_end'}");
        ProtocolEvent cancelled = AdapterTable.frame("{'type':'query_cancelled'}");
        ProtocolEvent acknowledged = AdapterTable.frame("{'type':'interrupt_acknowledged'}");
        ProtocolEvent error = AdapterTable.frame("{'type':'error','data':{'error':'broken'}}");
        ProtocolEvent closed = new Closed(1006, "");
        ProtocolEvent interrupt = new InterruptRequested(ONLY_SESSION);
        String query = "> {\"type\":\"query\",\"prompt\":\"hi\",\"options\":{}}";
        String stop = "> {\"type\":\"interrupt\"}";
        String lost = "failed The connection was lost in the middle of the answer.";
        String finish = "finish turn";
        return new AdapterTable<>(new EnhancedAdapter())
                .row("idle, prompt", idle, prompt, running, query)
                .row("a prompt after an interrupted one", stopping, prompt, running, query)
                .row("running, result", running, result, answered, "result")
                .row("answered, end", answered, end, answered.withRunning(false), finish)
                .row("running, end", running, end, running.withRunning(false), "result", finish)
                .row("idle, end", idle, end, idle)
                .row("running, interrupt", running, interrupt, running, stop)
                .row("idle, interrupt", idle, interrupt, idle, "confirm interrupt")
                .row("running, acknowledged", running, acknowledged, stopping, "confirm interrupt")
                .row(
                        "stopping, cancelled",
                        stopping,
                        cancelled,
                        stopping.withRunning(false),
                        "interrupted",
                        finish)
                .row("stopping, result", stopping, result, stopping.withResult(true), "result")
                .row(
                        "answered, error",
                        answered,
                        error,
                        running.withRunning(false),
                        "failed broken",
                        finish)
                .row("idle, error", idle, error, idle, "problem broken")
                .row("running, closed", running, closed, running.withRunning(false), lost, finish)
                .row("answered, closed", answered, closed, answered.withRunning(false), finish)
                .row("idle, closed", idle, closed, idle)
                .row("running, opened", running, new Opened(""), running.withRunning(false))
                .row(
                        "idle, end of the session",
                        idle.withConversation("x"),
                        new SessionEndRequested(ONLY_SESSION),
                        idle,
                        "remove",
                        "replace connection")
                .row("running, poll", running, new TurnPollDue(), running)
                .tests();
    }
}
