package dev.oriel.session.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentOptions;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.SessionEvent.ControlReply.Result;
import dev.oriel.session.event.SessionEvent.NativeMessage;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.turn.TurnFixture;
import dev.oriel.testing.agent.ScriptedAgent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Control requests while the agent has not answered yet, and what they leave behind. `owner` sends
/// them and does not follow the session.
class ControlCommandsTest extends TurnFixture {
    private static final String EFFORT =
            "{'subtype':'apply_flag_settings','settings':{'effortLevel':'low'}}";

    private final Events owner = new Events();
    private ControlCommands commands;

    @BeforeEach
    void create() {
        owner.role = Role.OWNER;
        var initialize = new InitializeRequests(model, turns, declarations, lane);
        var prompts = new PromptCommands(model, output, turns);
        commands = new ControlCommands(model, output, turns, lane, prompts, initialize, false);
    }

    private void request(String inner) throws Exception {
        ObjectNode frame = Json.object().put("type", "control_request").put("request_id", "r1");
        frame.set("request", json(inner));
        commands.handle(owner, Message.of(frame));
    }

    private static ObjectNode json(String text) throws Exception {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /// The error code of the last reply.
    private String failure() {
        ControlReply reply = owner.last(ControlReply.class);
        assertThat(reply.requestId()).isEqualTo("r1");
        return ((Result.Failure) reply.result()).code();
    }

    private JsonNode success() {
        return ((Result.Success) owner.last(ControlReply.class).result()).payload();
    }

    /// An agent in a turn, whose responses the test completes.
    private ScriptedAgent workingAgent() throws Exception {
        prompt("go");
        ScriptedAgent agent = agent(0);
        agent.holdResponses();
        return agent;
    }

    private void respond(ScriptedAgent agent, String response) throws Exception {
        agent.heldResponses().getLast().complete(json(response));
        lane.runAll();
    }

    private void fail(ScriptedAgent agent, Throwable cause) {
        agent.heldResponses().getLast().completeExceptionally(cause);
        lane.runAll();
    }

    private long announcements() {
        return client.all(NativeMessage.class).size();
    }

    @Test
    void aReplyWaitsForTheAgent() throws Exception {
        ScriptedAgent agent = workingAgent();
        request("{'subtype':'mcp_status'}");
        assertThat(owner.events).isEmpty();
        respond(agent, "{'subtype':'success','response':{'servers':[]}}");
        assertThat(owner.all(ControlReply.class)).hasSize(1);
        assertThat(owner.last(ControlReply.class).error()).isEmpty();
    }

    @Test
    void anAgentThatExitsOrDoesNotAnswerIsReported() throws Exception {
        ScriptedAgent agent = workingAgent();
        request("{'subtype':'mcp_status'}");
        fail(agent, new AgentGoneException());
        assertThat(failure()).isEqualTo(ErrorCode.AGENT_GONE);
        request("{'subtype':'mcp_status'}");
        fail(agent, new TimeoutException());
        assertThat(failure()).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void anActIsAnnouncedOnlyWhenTheAgentHasDoneIt() throws Exception {
        ScriptedAgent agent = workingAgent();
        request("{'subtype':'stop_task','task_id':'t1'}");
        assertThat(announcements()).isZero();
        respond(agent, "{'subtype':'error','error':'no such task'}");
        assertThat(announcements()).isZero();
        assertThat(owner.last(ControlReply.class).error()).contains("no such task");
        request("{'subtype':'stop_task','task_id':'t1'}");
        respond(agent, "{'subtype':'success'}");
        assertThat(announcements()).isEqualTo(1);
        assertThat(journaledTypes()).contains("system/oriel_control");
    }

    @Test
    void aModelThatTheAgentRefusesIsNotKept() throws Exception {
        ScriptedAgent agent = workingAgent();
        request("{'subtype':'set_model','model':'opus'}");
        respond(agent, "{'subtype':'error','error':'unknown model'}");
        assertThat(model.details().model()).isNull();
        request("{'subtype':'set_model','model':'opus'}");
        respond(agent, "{'subtype':'success'}");
        assertThat(model.details().model()).isEqualTo("opus");
        assertThat(client.last(SessionChanged.class).session().model()).isEqualTo("opus");
    }

    @Test
    void withoutAnAgentAModeIsKeptAndPublishedAtOnce() throws Exception {
        request("{'subtype':'set_permission_mode','mode':'plan'}");
        assertThat(success().path("mode").asText()).isEqualTo("plan");
        assertThat(model.details().permissionMode()).isEqualTo("plan");
        assertThat(client.all(SessionChanged.class)).hasSize(1);
    }

    /// The agent runs with the guest's settings; the owner's choice holds for later prompts.
    @Test
    void aModelChosenDuringAGuestsTurnNeedsAnotherAgent() throws Exception {
        UUID guest = UUID.randomUUID();
        var settings = new PromptSettings("small", null, AgentOptions.NONE);
        model.prompts().add(WaitingPrompt.of(guest, UserMessages.prompt(guest, "go"), settings));
        turns.startNext();
        agent(0).holdResponses();
        request("{'subtype':'set_model','model':'opus'}");
        respond(agent(0), "{'subtype':'success'}");
        assertThat(agent(0).isCloseRequested()).as("not during the turn").isFalse();
        agent(0).emitResult();
        lane.runAll();
        assertThat(agent(0).isCloseRequested()).isTrue();
    }

    @Test
    void aChangeIsSavedWhenTheAgentHasAcceptedIt() throws Exception {
        ScriptedAgent agent = workingAgent();
        request(EFFORT);
        respond(agent, "{'subtype':'error','error':'no'}");
        assertThat(model.details().savedControls().requests()).isEmpty();
        request(EFFORT);
        respond(agent, "{'subtype':'success'}");
        assertThat(model.details().savedControls().requests()).hasSize(1);
        assertThat(announcements()).isEqualTo(1);
        assertThat(journal.findSession(id).orElseThrow().options()).contains("effortLevel");
    }

    @Test
    void aChangeThatIsTooLargeIsRefusedBeforeTheAgentGetsIt() throws Exception {
        ScriptedAgent agent = workingAgent();
        request(
                "{'subtype':'mcp_set_servers','servers':{'notes':{'command':'notes','args':['%s']}}}"
                        .formatted("x".repeat(64 * 1024)));
        assertThat(failure()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(agent.requests()).isEmpty();
    }

    @Test
    void anInterruptIsAnsweredWhenTheAgentHasConfirmedIt() throws Exception {
        ScriptedAgent agent = workingAgent();
        request("{'subtype':'interrupt'}");
        assertThat(owner.events).isEmpty();
        agent.heldInterrupts().getLast().complete(null);
        lane.runAll();
        assertThat(success().path("still_queued").isArray()).isTrue();
    }

    @Test
    void anInterruptThatTheAgentDoesNotConfirmIsReported() throws Exception {
        ScriptedAgent agent = workingAgent();
        request("{'subtype':'interrupt'}");
        agent.heldInterrupts().getLast().completeExceptionally(new TimeoutException());
        lane.runAll();
        assertThat(failure()).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void anInterruptWithoutATurnSucceedsAtOnceAndHoldsTheQueueOnRequest() throws Exception {
        prompt("one");
        UUID waiting = prompt("two");
        agent(0).holdResponses();
        request("{'subtype':'interrupt','hold_queue':true}");
        agent(0).emitResult();
        lane.runAll();
        request("{'subtype':'interrupt'}");
        assertThat(success().path("still_queued").get(0).asText()).isEqualTo(waiting.toString());
        assertThat(model.prompts().isHeld()).isTrue();
        assertThat(agent(0).prompts()).hasSize(1);
        request("{'subtype':'oriel_run_queue'}");
        assertThat(turns.isAnswering(waiting)).isTrue();
    }

    @Test
    void aCancellationThatTheJournalDoesNotTakeIsReported() throws Exception {
        prompt("one");
        UUID waiting = prompt("two");
        journal.failQueue(true);
        request("{'subtype':'cancel_async_message','message_uuid':'%s'}".formatted(waiting));
        assertThat(failure()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(model.prompts().has(waiting)).isTrue();
    }

    @Test
    void aRequestThatIsNotPossibleIsRefusedWithACode() throws Exception {
        request("{}");
        assertThat(failure()).isEqualTo(ErrorCode.BAD_REQUEST);
        request("{'subtype':7}");
        assertThat(failure()).isEqualTo(ErrorCode.BAD_REQUEST);
        request("{'subtype':'set_permission_mode','mode':'bypassPermissions'}");
        assertThat(failure()).isEqualTo(ErrorCode.INVALID_MODE);
        request("{'subtype':'cancel_async_message','message_uuid':'x'}");
        assertThat(failure()).isEqualTo(ErrorCode.BAD_REQUEST);
        request("{'subtype':'mcp_status'}");
        assertThat(failure()).isEqualTo(ErrorCode.NO_AGENT);
    }

    @Test
    void anInterruptNamesWhatItCancels() throws Exception {
        prompt("one");
        UUID waiting = prompt("two");
        request("{'subtype':'interrupt','cancel_queued':true}");
        lane.runAll();
        assertThat(success().path("cancelled").get(0).asText()).isEqualTo(waiting.toString());
        assertThat(success().path("still_queued")).isEmpty();
    }

    @Test
    void aTitleIsNeeded() throws Exception {
        request("{'subtype':'rename_session'}");
        assertThat(failure()).isEqualTo(ErrorCode.BAD_REQUEST);
        request("{'subtype':'rename_session','title':' Plans '}");
        assertThat(client.last(SessionChanged.class).session().record().title()).isEqualTo("Plans");
    }

    @Test
    void aGuestMayNotChangeTheSession() throws Exception {
        owner.role = Role.GUEST;
        for (String subtype : List.of("set_model", "oriel_run_queue", "mcp_status")) {
            request("{'subtype':'%s'}".formatted(subtype));
            assertThat(failure()).as(subtype).isEqualTo(ErrorCode.FORBIDDEN);
        }
        request("{'subtype':'interrupt'}");
        assertThat(success().path("still_queued")).isEmpty();
    }

    @Test
    void aNewAgentGetsWhatWasSavedBeforeItsFirstPrompt() throws Exception {
        request(EFFORT);
        assertThat(success()).isEmpty();
        prompt("go");
        assertThat(agent(0).requests()).hasSize(1);
        agent(0).exit(ExitCause.CRASHED);
        lane.runAll();
        prompt("again");
        assertThat(agent(1).requests()).hasSize(1);
    }
}
