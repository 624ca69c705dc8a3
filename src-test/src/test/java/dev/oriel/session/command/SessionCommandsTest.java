package dev.oriel.session.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.ToolResult;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.SessionEvent.QueueChanged;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.session.tools.ToolCall;
import dev.oriel.session.tools.ToolDefinition;
import dev.oriel.session.tools.ToolOwner;
import dev.oriel.session.turn.TurnFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands about a session as a whole, and about the tools of its clients.
class SessionCommandsTest extends TurnFixture {
    private SessionCommands commands;
    private ToolCommands toolCommands;
    private final ToolOwner owner =
            new ToolOwner() {
                @Override
                public void onCall(ToolCall call) {
                    // Its output never comes.
                }

                @Override
                public void onWithdrawn(String callId, String reason) {
                    // Not tested here.
                }
            };

    @BeforeEach
    void create() {
        var prompts = new PromptCommands(model, output, turns);
        commands = new SessionCommands(model, output, turns, prompts, tools, declarations);
        toolCommands = new ToolCommands(tools, turns);
    }

    private CompletableFuture<ToolDefinition> define(String tool) throws Exception {
        var done = new CompletableFuture<ToolDefinition>();
        toolCommands.define(
                owner,
                Json.parseObject(tool.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                done);
        return done;
    }

    @Test
    void anUpdateIsSavedPublishedAndReturned() throws Exception {
        var done = new CompletableFuture<SessionView>();
        commands.update(new SessionUpdate("Plans", true, null), done);
        assertThat(done.join().record().title()).isEqualTo("Plans");
        assertThat(client.last(SessionChanged.class).session().record().pinned()).isTrue();
        assertThat(journal.findSession(id).orElseThrow().title()).isEqualTo("Plans");
    }

    @Test
    void anUpdateThatCannotBeSavedFailsAndIsNotPublished() {
        journal.failSaves(true);
        var done = new CompletableFuture<SessionView>();
        commands.update(new SessionUpdate("Plans", null, null), done);
        assertThat(done)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(JournalException.class);
        assertThat(client.events).isEmpty();
    }

    @Test
    void anEndCancelsTheQueueAndWaitsForTheAgent() throws Exception {
        prompt("one");
        prompt("two");
        agent(0);
        var done = new CompletableFuture<Void>();
        commands.end(done);
        assertThat(model.prompts().isEmpty()).isTrue();
        assertThat(agent(0).isCloseRequested()).isTrue();
        assertThat(done).isNotDone();
        agent(0).exit(ExitCause.ASKED);
        lane.runAll();
        assertThat(done).isDone();
        assertThat(client.last(QueueChanged.class).prompts()).isEmpty();
        assertThat(model.details().state()).isEqualTo(new SessionState.Ended());
    }

    @Test
    void aClientThatLeavesTakesItsDeclarationsAlong() throws Exception {
        ObjectNode hooks =
                Json.parseObject(
                        "{\"subtype\":\"initialize\",\"sdkMcpServers\":[\"notes\"]}"
                                .getBytes(StandardCharsets.UTF_8));
        declarations.declare(client, _ -> {}, hooks);
        prompt("go");
        agent(0).emitResult();
        lane.runAll();
        var stranger = new Events();
        commands.unsubscribe(stranger);
        assertThat(agent(0).isCloseRequested()).isFalse();
        commands.unsubscribe(client);
        assertThat(agent(0).isCloseRequested()).as("the next agent does not know them").isTrue();
        client.events.clear();
        output.markChanged();
        output.flush();
        assertThat(client.events).isEmpty();
    }

    @Test
    void anAskIsDeniedWhenTheLastClientThatCanAnswerLeaves() throws Exception {
        var mute = new Events();
        mute.answersAsks = false;
        output.subscribe(mute, null);
        prompt("go");
        agent(0).emitAsk("ask-1", "Bash", "{}");
        lane.runAll();
        assertThat(agent(0).responses()).isEmpty();
        commands.unsubscribe(client);
        assertThat(agent(0).responses()).hasSize(1);
    }

    @Test
    void aDeletedSessionReleasesWhatItHolds() throws Exception {
        prompt("one");
        prompt("two");
        define("{'name':'ring'}").join();
        var stopped = new CompletableFuture<Void>();
        turns.agent().stopSession(stopped);
        commands.releaseAll();
        assertThat(stopped).isDone();
        assertThat(output.hasSubscribers()).isFalse();
        assertThat(tools.tools()).isEmpty();
        assertThat(model.prompts().isEmpty()).isTrue();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aRunningAgentLearnsOfToolsThatComeAndGo() throws Exception {
        prompt("go");
        assertThat(define("{'name':'ring'}").join().tool().name()).isEqualTo("ring");
        assertThat(agent(0).toolChanges()).isEqualTo(1);
        toolCommands.removeAll(owner);
        assertThat(agent(0).toolChanges()).isEqualTo(2);
        toolCommands.removeAll(owner);
        assertThat(agent(0).toolChanges()).as("there was nothing to remove").isEqualTo(2);
    }

    @Test
    void aToolThatIsNotValidIsRefusedAndTheAgentNotNotified() throws Exception {
        prompt("go");
        assertThat(define("{'name':'not a name'}"))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(BadRequestException.class);
        assertThat(agent(0).toolChanges()).isZero();
    }

    @Test
    void aToolIsFoundByTheAgentThatStartsLater() throws Exception {
        define("{'name':'ring'}").join();
        prompt("go");
        CompletableFuture<ToolResult> call = agent(0).callTool("ring", "{}");
        assertThat(call).isNotDone();
        toolCommands.removeAll(owner);
        assertThat(call.join().isError()).isTrue();
    }
}
