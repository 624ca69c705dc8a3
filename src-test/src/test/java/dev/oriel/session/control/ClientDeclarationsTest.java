package dev.oriel.session.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.ManualTimer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Which client gets a request of the agent, and that every request is answered.
class ClientDeclarationsTest {
    private final ManualTimer timer = new ManualTimer();
    private final ClientDeclarations declarations = new ClientDeclarations(timer, "oriel");
    private final DeclaringClient alice = new DeclaringClient();
    private final DeclaringClient bob = new DeclaringClient();

    private static ObjectNode json(String text) throws Exception {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private void declareHook(DeclaringClient client) throws Exception {
        client.declare("{'hooks':{'PreToolUse':[{'hookCallbackIds':['check'],'timeout':5}]}}");
    }

    private CompletableFuture<ObjectNode> forward(String id, String request) throws Exception {
        ObjectNode message = Json.object().put("type", "control_request").put("request_id", id);
        message.set("request", json(request));
        return declarations.forward(Message.of(message));
    }

    private CompletableFuture<ObjectNode> hook(String id, String callback) throws Exception {
        return forward(
                id,
                "{'subtype':'hook_callback','callback_id':'"
                        + callback
                        + "','input':{'hook_event_name':'PreToolUse'}}");
    }

    private CompletableFuture<ObjectNode> mcp(String id, String server) throws Exception {
        return forward(
                id,
                "{'subtype':'mcp_message','server_name':'"
                        + server
                        + "','message':{'id':7,'method':'tools/list'}}");
    }

    private static Message success(String id, String response) throws Exception {
        ObjectNode message = Json.object().put("type", "control_response");
        message.putObject("response")
                .put("subtype", "success")
                .put("request_id", id)
                .set("response", json(response));
        return Message.of(message);
    }

    private static String denial(CompletableFuture<ObjectNode> answer) {
        assertThat(answer).isCompleted();
        return answer.join()
                .path("response")
                .path("hookSpecificOutput")
                .path("permissionDecisionReason")
                .asText();
    }

    @Test
    void aHookGoesToTheClientThatDeclaredItWithTheIdThatTheClientChose() throws Exception {
        declareHook(alice);
        declareHook(bob);
        CompletableFuture<ObjectNode> answer = hook("r1", "2:check");
        assertThat(alice.received).isEmpty();
        assertThat(bob.received)
                .singleElement()
                .satisfies(m -> {
                    assertThat(m.requestId()).isEqualTo("r1");
                    assertThat(m.tree().path("request").path("callback_id").asText())
                            .isEqualTo("check");
                });
        assertThat(answer).isNotDone();
        assertThat(declarations.receiveResponse(bob, success("r1", "{'continue':true}"))).isTrue();
        assertThat(answer.join())
                .isEqualTo(json("{'subtype':'success','response':{'continue':true}}"));
        assertThat(timer.pending()).as("the timeout is cancelled").isZero();
    }

    @Test
    void onlyTheClientThatIsAskedCanAnswerAndOnlyOnce() throws Exception {
        declareHook(alice);
        CompletableFuture<ObjectNode> answer = hook("r1", "1:check");
        assertThat(declarations.receiveResponse(bob, success("r1", "{}"))).isFalse();
        assertThat(declarations.receiveResponse(alice, success("r2", "{}"))).isFalse();
        assertThat(answer).isNotDone();
        assertThat(declarations.receiveResponse(alice, success("r1", "{}"))).isTrue();
        assertThat(declarations.receiveResponse(alice, success("r1", "{}"))).isFalse();
    }

    @Test
    void anErrorOfTheClientDenies() throws Exception {
        declareHook(alice);
        CompletableFuture<ObjectNode> answer = hook("r1", "1:check");
        ObjectNode error = json("{'type':'control_response'}");
        error.putObject("response").put("subtype", "error").put("request_id", "r1");
        assertThat(declarations.receiveResponse(alice, Message.of(error))).isTrue();
        assertThat(denial(answer)).isEqualTo("The client answered with an error.");
    }

    @Test
    void aResponseThatIsNoObjectDenies() throws Exception {
        declareHook(alice);
        CompletableFuture<ObjectNode> answer = hook("r1", "1:check");
        ObjectNode odd = json("{'type':'control_response'}");
        odd.putObject("response")
                .put("subtype", "success")
                .put("request_id", "r1")
                .put("response", "yes");
        declarations.receiveResponse(alice, Message.of(odd));
        assertThat(denial(answer)).isEqualTo("The client answered with an error.");
    }

    @Test
    void aHookIsDeniedAfterTheTimeoutThatItsClientDeclared() throws Exception {
        declareHook(alice);
        CompletableFuture<ObjectNode> answer = hook("r1", "1:check");
        timer.advance(Duration.ofMillis(4_999));
        assertThat(answer).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertThat(denial(answer)).isEqualTo("The client did not answer within 5 s.");
        assertThat(declarations.receiveResponse(alice, success("r1", "{}")))
                .as("too late")
                .isFalse();
    }

    @Test
    void anMcpMessageIsDeniedAfterAMinuteAndADialogAfterAnHour() throws Exception {
        alice.declare("{'sdkMcpServers':['board'],'supportedDialogKinds':['login']}");
        CompletableFuture<ObjectNode> mcp = mcp("r1", "board");
        CompletableFuture<ObjectNode> dialog =
                forward("r2", "{'subtype':'request_user_dialog','dialog_kind':'login'}");
        assertThat(alice.received).hasSize(2);
        timer.advance(Duration.ofSeconds(60).minusMillis(1));
        assertThat(mcp).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertThat(mcp.join().path("response").path("mcp_response").path("id").asInt())
                .isEqualTo(7);
        assertThat(dialog).isNotDone();
        timer.advance(Duration.ofMinutes(59));
        assertThat(dialog.join().path("subtype").asText()).isEqualTo("error");
    }

    @Test
    void aRequestThatNoClientDeclaredIsDeniedAtOnce() throws Exception {
        declareHook(alice);
        assertThat(denial(hook("r1", "7:check"))).isEqualTo("No client answers this.");
        assertThat(mcp("r2", "board")).isCompleted();
        assertThat(forward("r3", "{'subtype':'request_user_dialog','dialog_kind':'x'}"))
                .isCompleted();
        assertThat(forward("r4", "{'subtype':'from_the_future'}")).isCompleted();
        assertThat(alice.received).isEmpty();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void theRequestsOfAClientThatLeavesAreDeniedAndThoseOfOthersAreNot() throws Exception {
        declareHook(alice);
        declareHook(bob);
        CompletableFuture<ObjectNode> lost = hook("r1", "1:check");
        CompletableFuture<ObjectNode> open = hook("r2", "2:check");
        assertThat(declarations.withdraw(alice)).isTrue();
        assertThat(denial(lost)).isEqualTo("The client that answers this has disconnected.");
        assertThat(open).isNotDone();
        assertThat(declarations.withdraw(alice)).as("it has left already").isFalse();
        assertThat(denial(hook("r3", "1:check"))).isEqualTo("No client answers this.");
    }

    @Test
    void aRequestThatTheAgentCancelsIsCancelledAtTheClient() throws Exception {
        declareHook(alice);
        hook("r1", "1:check").cancel(false);
        assertThat(alice.received).hasSize(2);
        Message cancel = alice.received.getLast();
        assertThat(cancel.is("control_cancel_request")).isTrue();
        assertThat(cancel.requestId()).isEqualTo("r1");
        assertThat(timer.pending()).isZero();
        assertThat(declarations.receiveResponse(alice, success("r1", "{}"))).isFalse();
    }

    @Test
    void theNameOfAServerBelongsToOneClient() throws Exception {
        alice.declare("{'sdkMcpServers':['board']}");
        assertThat(bob.problem("{'sdkMcpServers':['board']}"))
                .isEqualTo("There is a server of the name board already.");
        assertThat(bob.problem("{'sdkMcpServers':['oriel']}"))
                .isEqualTo("There is a server of the name oriel already.");
        alice.declare("{'sdkMcpServers':['board','other']}");
        mcp("r1", "other");
        assertThat(alice.received)
                .as("unchanged, because there is no id to replace")
                .singleElement()
                .satisfies(m -> assertThat(m.requestId()).isEqualTo("r1"));
        declarations.withdraw(alice);
        bob.declare("{'sdkMcpServers':['board']}");
        mcp("r2", "board");
        assertThat(bob.received).hasSize(1);
    }

    @Test
    void theAgentLearnsWhatAllClientsDeclareInTheOrderInWhichTheyCame() throws Exception {
        assertThat(declarations.declarations()).isEqualTo(Json.object());
        declareHook(alice);
        bob.declare(
                "{'hooks':{'PreToolUse':[{'matcher':'Bash','hookCallbackIds':['x','y']}]},"
                        + "'sdkMcpServers':['board'],'supportedDialogKinds':['login']}");
        assertThat(declarations.declarations())
                .isEqualTo(
                        json(
                                "{'hooks':{'PreToolUse':["
                                        + "{'hookCallbackIds':['1:check'],'timeout':35.0},"
                                        + "{'matcher':'Bash','hookCallbackIds':['2:x','2:y'],"
                                        + "'timeout':90.0}]},"
                                        + "'sdkMcpServers':['board'],"
                                        + "'supportedDialogKinds':['login']}"));
    }

    @Test
    void aDeclarationOfNothingTakesTheEarlierOneBack() throws Exception {
        ObjectNode nothing = json("{'hooks':null}");
        assertThat(declarations.isChange(alice, nothing)).isFalse();
        declareHook(alice);
        assertThat(declarations.isChange(alice, nothing)).isTrue();
        assertThat(
                        declarations.isChange(
                                alice,
                                json(
                                        "{'hooks':{'PreToolUse':["
                                                + "{'hookCallbackIds':['check'],'timeout':5}]}}")))
                .isFalse();
        alice.declare("{}");
        assertThat(declarations.declarations().isEmpty()).isTrue();
        assertThat(declarations.withdraw(alice)).isFalse();
    }

    /// A client that keeps the requests that it gets.
    private final class DeclaringClient {
        private final List<Message> received = new ArrayList<>();

        void declare(String initialize) throws Exception {
            assertThat(declarations.declare(this, received::add, json(initialize))).isEmpty();
        }

        String problem(String initialize) throws Exception {
            return declarations.declare(this, received::add, json(initialize)).orElseThrow();
        }
    }
}
