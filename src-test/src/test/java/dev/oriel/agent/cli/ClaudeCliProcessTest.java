package dev.oriel.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.cli.install.CliTimeouts;
import dev.oriel.message.Message;
import dev.oriel.testing.await.Patience;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The CLI as a subprocess: turns, control requests, interrupts and exits.
@Timeout(60)
class ClaudeCliProcessTest extends FakeClaudeFixture {
    @Test
    void aTurnArrivesAsDeltasThenCompleteThenItsResult() throws Exception {
        fake.turn(t -> t.text("Hello there, 👋 world"));
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("hi"));

        assertThat(heard.awaitResult(1).path("result").asText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.streamedText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.wholeText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.messages("control_response")).isEmpty();
        assertThat(fake.receivedLines().getFirst()).contains("\"initialize\"");
    }

    @Test
    void theCliRunsInTheFolderOfTheSessionAndNotNested() throws Exception {
        start(fresh()).sendPrompt(prompt("hi"));
        heard.awaitResult(1);

        assertThat(fake.environment())
                .contains("PWD_REAL=" + folder.resolve("project").toRealPath())
                .contains("CLAUDE_CODE_ENTRYPOINT=oriel")
                .noneMatch(e -> e.startsWith("CLAUDECODE="));
    }

    @Test
    void initializeIsSentOnceAndItsResponseIsReused() throws Exception {
        Agent agent = start(fresh());

        for (int i = 0; i < 2; i++) {
            ObjectNode answer =
                    agent.sendControlRequest(request("initialize"), DEADLINE)
                            .get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(answer.path("response").path("models")).isNotEmpty();
        }
        assertThat(fake.receivedLines()).hasSize(1);
    }

    @Test
    void controlRequestsGetAResponseAnErrorOrATimeout() throws Exception {
        fake.ignoringRequests("set_model");
        Agent agent = start(fresh());

        assertThat(
                        agent.sendControlRequest(request("mcp_status"), DEADLINE)
                                .get()
                                .path("subtype")
                                .asText())
                .isEqualTo("success");
        assertThat(agent.sendControlRequest(request("fly"), DEADLINE).get().path("error").asText())
                .contains("Unsupported");
        assertThatThrownBy(() ->
                        agent.sendControlRequest(request("set_model"), Duration.ofMillis(50)).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        var open = agent.sendControlRequest(request("set_model"), DEADLINE);
        agent.close();
        assertThatThrownBy(open::get).hasCauseInstanceOf(AgentGoneException.class);
    }

    @Test
    void anAllowAlwaysCarriesTheInputThatWasAskedFor() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"touch x\"}").text("Done"));
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        agent.reply(verdict(heard.awaitAsk(1), "{\"behavior\":\"allow\"}"));

        assertThat(heard.awaitResult(1).path("is_error").asBoolean()).isFalse();
        assertThat(fake.receivedLines().getLast())
                .contains("\"updatedInput\":{\"command\":\"touch x\"}");
        assertThat(heard.messages("user").getFirst().toString()).contains("\"content\":\"ok\"");
    }

    @Test
    void aReplyThatNoAskWaitsForIsNotSent() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"touch x\"}").text("Done"));
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        Message ask = heard.awaitAsk(1);
        agent.reply(verdict(ask, "{\"behavior\":\"deny\",\"message\":\"No.\"}"));
        agent.reply(verdict(ask, "{\"behavior\":\"allow\"}"));
        heard.awaitResult(1);

        assertThat(fake.receivedLines()).filteredOn(l -> l.contains("control_response")).hasSize(1);
        assertThat(heard.messages("user").getFirst().toString()).contains("denied");
    }

    @Test
    void aRequestThatNoClientHandlesGetsAnErrorAndNoReplyInTheUsersName() throws Exception {
        fake.turn(t ->
                t.request("{\"subtype\":\"request_user_dialog\",\"dialog_kind\":\"x\"}")
                        .request("{\"subtype\":\"hook_callback\",\"callback_id\":\"h\"}")
                        .request("{\"subtype\":\"from_the_future\"}")
                        .text("Done"));
        start(fresh()).sendPrompt(prompt("go"));
        heard.awaitResult(1);

        assertThat(heard.messages("control_request")).isEmpty();
        assertThat(fake.receivedLines())
                .filteredOn(l -> l.contains("control_response"))
                .hasSize(3)
                .allSatisfy(l -> assertThat(l).contains("\"error\"").doesNotContain("behavior"));
    }

    @Test
    void anElicitationAndItsReplyArePassedOnUnchanged() throws Exception {
        fake.turn(
                t -> t.request("{\"subtype\":\"elicitation\",\"message\":\"Name?\"}").text("Done"));
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        Message ask = heard.awaitAsk(1);
        assertThat(ask.subtype()).isEqualTo("elicitation");
        agent.reply(verdict(ask, "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}"));
        heard.awaitResult(1);

        assertThat(fake.receivedLines().getLast())
                .contains("{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");
    }

    @Test
    void anInterruptIsConfirmedAndEndsTheTurnButNotTheAgent() throws Exception {
        fake.turn(t -> t.text("Thinking about it").hang()).turn(t -> t.text("Again"));
        Agent agent = start(fresh(), CliTimeouts.defaults());
        agent.sendPrompt(prompt("go"));
        heard.awaitMessage("assistant");
        agent.interrupt().get(Patience.SECONDS, TimeUnit.SECONDS);

        assertThat(heard.awaitResult(1).path("terminal_reason").asText())
                .isEqualTo("aborted_streaming");
        agent.sendPrompt(prompt("again"));
        assertThat(heard.awaitResult(2).path("result").asText()).isEqualTo("Again");
        assertThat(fake.launches()).hasSize(1);
    }

    @Test
    void anInterruptWithdrawsAnOpenAsk() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"ls\"}").text("Done"));
        Agent agent = start(fresh(), CliTimeouts.defaults());
        agent.sendPrompt(prompt("go"));
        Message ask = heard.awaitAsk(1);
        agent.interrupt().get(Patience.SECONDS, TimeUnit.SECONDS);

        assertThat(heard.awaitMessage("control_cancel_request").requestId())
                .isEqualTo(ask.requestId());
        assertThat(heard.awaitResult(1).path("terminal_reason").asText())
                .isEqualTo("aborted_tools");
    }

    @Test
    void anInterruptOfAnIdleAgentHasNoEffect() throws Exception {
        Agent agent = start(fresh());
        agent.interrupt().get(Patience.SECONDS, TimeUnit.SECONDS);
        agent.sendPrompt(prompt("go"));
        heard.awaitResult(1);
        await().during(Duration.ofSeconds(1)).until(() -> !heard.hasExited());
    }

    @Test
    void closingAnIdleAgentEndsItNormally() throws Exception {
        Agent agent = start(fresh(), CliTimeouts.defaults());
        agent.sendPrompt(prompt("go"));
        heard.awaitResult(1);
        agent.close();

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.ASKED);
        assertThat(heard.awaitExit().code()).isZero();
    }

    @Test
    void closingDuringATurnInterruptsIt() throws Exception {
        fake.turn(t -> t.text("Long").hang());
        Agent agent = start(fresh(), CliTimeouts.defaults());
        agent.sendPrompt(prompt("go"));
        heard.awaitMessage("assistant");
        agent.close();

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.ASKED);
        assertThat(heard.awaitResult(1).path("terminal_reason").asText())
                .isEqualTo("aborted_streaming");
    }

    @Test
    void aNewConversationThatTheCliAlreadyHasIsResumed() throws Exception {
        UUID id = UUID.randomUUID();
        fake.withConversation(id);
        start(new Fresh(id)).sendPrompt(prompt("go"));

        assertThat(heard.awaitResult(1).path("result").asText()).isEqualTo("Hello from the fake.");
        assertThat(fake.launches().get(0)).contains("--session-id=" + id);
        assertThat(fake.launches().get(1)).contains("--resume=" + id);
        assertThat(fake.receivedLines()).filteredOn(l -> l.contains("\"user\"")).hasSize(1);
    }

    @Test
    void anIdleCliThatExitsByItselfHasNotCrashed() throws Exception {
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        heard.awaitResult(1);
        agent.sendControlRequest(request("end_session"), DEADLINE);

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.ASKED);
    }

    @Test
    void aPromptOnSeveralLinesIsSentAsOne() throws Exception {
        Agent agent = start(fresh());
        agent.sendPrompt(
                Message.parse(
                        """
                        {"type":"user",
                         "message":{"role":"user",\r
                         "content":"hi"}}\
                        """));

        assertThat(heard.awaitResult(1).path("is_error").asBoolean()).isFalse();
        assertThatThrownBy(
                        () -> agent.sendPrompt(Message.parse("{\"type\":\"user\",\"message\":{}}")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
