package dev.oriel.session.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentOptions;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.SessionEvent.ControlReply.Result;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.turn.TurnFixture;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `initialize` starts an agent if need be, or replaces one that does not know the declarations.
class InitializeRequestsTest extends TurnFixture {
    private static final String PLAIN = "{'subtype':'initialize'}";
    private static final String SERVER = "{'subtype':'initialize','sdkMcpServers':['notes']}";

    private final Events owner = new Events();
    private InitializeRequests requests;

    @BeforeEach
    void create() {
        owner.role = Role.OWNER;
        requests = new InitializeRequests(model, turns, declarations, lane);
    }

    private void initialize(String inner) throws Exception {
        ObjectNode request =
                Json.parseObject(inner.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        requests.handle(owner, "r1", request);
        lane.runAll();
    }

    private String failure() {
        return ((Result.Failure) owner.last(ControlReply.class).result()).code();
    }

    private boolean isAnswered() {
        return owner.all(ControlReply.class).stream().anyMatch(r -> r.error().isEmpty());
    }

    private void restartAgent(int n) {
        agent(n).exit(ExitCause.ASKED);
        lane.runAll();
    }

    @Test
    void withoutAnAgentOneIsStartedAndItsResponseIsPassedOn() throws Exception {
        initialize(PLAIN);
        assertThat(agent(0).requests()).hasSize(1);
        assertThat(isAnswered()).isTrue();
    }

    @Test
    void aRunningAgentRepliesDuringATurnIfNothingIsDeclared() throws Exception {
        prompt("go");
        initialize(PLAIN);
        assertThat(isAnswered()).isTrue();
        assertThat(agent(0).isCloseRequested()).isFalse();
    }

    @Test
    void nothingCanBeDeclaredDuringATurn() throws Exception {
        prompt("go");
        initialize(SERVER);
        assertThat(failure()).isEqualTo(ErrorCode.BUSY);
        assertThat(agent(0).requests()).isEmpty();
    }

    @Test
    void aDeclarationReplacesTheIdleAgentBeforeTheReply() throws Exception {
        initialize(PLAIN);
        agent(0);
        owner.events.clear();
        initialize(SERVER);
        assertThat(agent(0).isCloseRequested()).isTrue();
        assertThat(owner.events).as("the agent before is still exiting").isEmpty();
        restartAgent(0);
        assertThat(agent(1).requests()).hasSize(1);
        assertThat(isAnswered()).isTrue();
    }

    @Test
    void theSameDeclarationAgainReplacesNothing() throws Exception {
        initialize(SERVER);
        agent(0);
        initialize(SERVER);
        assertThat(agent(0).isCloseRequested()).isFalse();
        assertThat(agent(0).requests()).hasSize(2);
    }

    @Test
    void aServerWithOrielsOwnNameIsRefused() throws Exception {
        initialize("{'subtype':'initialize','sdkMcpServers':['oriel']}");
        assertThat(failure()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(provider.agents()).isEmpty();
    }

    @Test
    void aMissingAgentIsReported() throws Exception {
        provider.setUnavailable("There is none.");
        initialize(PLAIN);
        assertThat(failure()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(owner.last(ControlReply.class).error()).contains("There is none.");
    }

    @Test
    void withoutAPlaceItIsRefusedAndTheSessionKeepsNoPlace() throws Exception {
        var other = new OtherSession();
        var next = new OtherSession();
        other.takePlace();
        initialize(PLAIN);
        assertThat(failure()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(next.takePlace()).isFalse();
        other.leave();
        lane.runAll();
        assertThat(provider.agents()).isEmpty();
        assertThat(next.notified()).isEqualTo(1);
    }

    @Test
    void theAgentIsStartedForTheOwnerAndNotForAGuestThatWaits() throws Exception {
        UUID guest = UUID.randomUUID();
        var settings = new PromptSettings("small", null, AgentOptions.NONE);
        model.prompts().add(WaitingPrompt.of(guest, UserMessages.prompt(guest, "go"), settings));
        model.prompts().hold();
        model.details().useSettings(settings);
        initialize(PLAIN);
        assertThat(agent(0).launch().model()).isNull();
    }
}
