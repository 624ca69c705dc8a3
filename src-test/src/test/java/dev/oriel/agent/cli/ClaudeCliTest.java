package dev.oriel.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent.Cause;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The CLI as a subprocess, as it talks and is stopped.
@Timeout(60)
class ClaudeCliTest extends WithFakeClaude {
    @Test
    void aTurnComesAsDeltasThenWholeThenItsResult() throws Exception {
        fake.turn(t -> t.text("Hello there, 👋 world"));
        Agent agent = start(fresh());
        agent.prompt(prompt("hi"));

        assertThat(heard.result(1).path("result").asText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.streamedText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.wholeText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.messages("control_response")).isEmpty();
        assertThat(fake.heard().getFirst()).contains("\"initialize\"");
    }

    @Test
    void itRunsInTheFolderOfTheSessionAndDoesNotThinkItIsNested() throws Exception {
        start(fresh()).prompt(prompt("hi"));
        heard.result(1);

        assertThat(fake.environment())
                .contains("PWD_REAL=" + folder.resolve("project").toRealPath())
                .contains("CLAUDE_CODE_ENTRYPOINT=oriel")
                .noneMatch(e -> e.startsWith("CLAUDECODE="));
    }

    @Test
    void itsCapabilitiesAreAskedOnceAndToldAsOftenAsWanted() throws Exception {
        Agent agent = start(fresh());

        for (int i = 0; i < 2; i++) {
            ObjectNode answer =
                    agent.control(request("initialize"), DEADLINE).get(30, TimeUnit.SECONDS);
            assertThat(answer.path("response").path("models")).isNotEmpty();
        }
        assertThat(fake.heard()).hasSize(1);
    }

    @Test
    void controlRequestsAreAnsweredOrRefusedOrOutOfTime() throws Exception {
        fake.deafTo("set_model");
        Agent agent = start(fresh());

        assertThat(agent.control(request("mcp_status"), DEADLINE).get().path("subtype").asText())
                .isEqualTo("success");
        assertThat(agent.control(request("fly"), DEADLINE).get().path("error").asText())
                .contains("Unsupported");
        assertThatThrownBy(() -> agent.control(request("set_model"), Duration.ofMillis(50)).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        var open = agent.control(request("set_model"), DEADLINE);
        agent.close();
        assertThatThrownBy(open::get).hasCauseInstanceOf(AgentGoneException.class);
    }

    @Test
    void anAllowAlwaysCarriesTheInputThatWasAskedFor() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"touch x\"}").text("Done"));
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        agent.answer(verdict(heard.ask(1), "{\"behavior\":\"allow\"}"));

        assertThat(heard.result(1).path("is_error").asBoolean()).isFalse();
        assertThat(fake.heard().getLast()).contains("\"updatedInput\":{\"command\":\"touch x\"}");
        assertThat(heard.messages("user").getFirst().toString()).contains("\"content\":\"ok\"");
    }

    @Test
    void anAnswerThatNobodyWaitsForIsNotSent() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"touch x\"}").text("Done"));
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        Message ask = heard.ask(1);
        agent.answer(verdict(ask, "{\"behavior\":\"deny\",\"message\":\"No.\"}"));
        agent.answer(verdict(ask, "{\"behavior\":\"allow\"}"));
        heard.result(1);

        assertThat(fake.heard()).filteredOn(l -> l.contains("control_response")).hasSize(1);
        assertThat(heard.messages("user").getFirst().toString()).contains("denied");
    }

    @Test
    void whatNobodyHasDeclaredToAnswerIsAnErrorAndNoAnswerInAPersonsName() throws Exception {
        fake.turn(t ->
                t.request("{\"subtype\":\"request_user_dialog\",\"dialog_kind\":\"x\"}")
                        .request("{\"subtype\":\"hook_callback\",\"callback_id\":\"h\"}")
                        .request("{\"subtype\":\"from_the_future\"}")
                        .text("Done"));
        start(fresh()).prompt(prompt("go"));
        heard.result(1);

        assertThat(heard.messages("control_request")).isEmpty();
        assertThat(fake.heard())
                .filteredOn(l -> l.contains("control_response"))
                .hasSize(3)
                .allSatisfy(l -> assertThat(l).contains("\"error\"").doesNotContain("behavior"));
    }

    @Test
    void anElicitationIsAskedAndAnsweredAsItIs() throws Exception {
        fake.turn(
                t -> t.request("{\"subtype\":\"elicitation\",\"message\":\"Name?\"}").text("Done"));
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        Message ask = heard.ask(1);
        assertThat(ask.subtype()).isEqualTo("elicitation");
        agent.answer(verdict(ask, "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}"));
        heard.result(1);

        assertThat(fake.heard().getLast())
                .contains("{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");
    }

    @Test
    void anInterruptIsConfirmedAndEndsTheTurnAndTheAgentGoesOn() throws Exception {
        fake.turn(t -> t.text("Thinking about it").hang()).turn(t -> t.text("Again"));
        Agent agent = start(fresh(), CliTimes.standard());
        agent.prompt(prompt("go"));
        heard.await1("assistant");
        agent.interrupt().get(30, TimeUnit.SECONDS);

        assertThat(heard.result(1).path("terminal_reason").asText()).isEqualTo("aborted_streaming");
        agent.prompt(prompt("again"));
        assertThat(heard.result(2).path("result").asText()).isEqualTo("Again");
        assertThat(fake.launches()).hasSize(1);
    }

    @Test
    void anInterruptWithdrawsAnOpenAsk() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"ls\"}").text("Done"));
        Agent agent = start(fresh(), CliTimes.standard());
        agent.prompt(prompt("go"));
        Message ask = heard.ask(1);
        agent.interrupt().get(30, TimeUnit.SECONDS);

        assertThat(heard.await1("control_cancel_request").requestId()).isEqualTo(ask.requestId());
        assertThat(heard.result(1).path("terminal_reason").asText()).isEqualTo("aborted_tools");
    }

    @Test
    void anInterruptInIdlenessHarmsNothing() throws Exception {
        Agent agent = start(fresh());
        agent.interrupt().get(30, TimeUnit.SECONDS);
        agent.prompt(prompt("go"));
        heard.result(1);
        await().during(Duration.ofSeconds(1)).until(() -> !heard.hasExited());
    }

    @Test
    void closingAnIdleAgentEndsItInGoodOrder() throws Exception {
        Agent agent = start(fresh(), CliTimes.standard());
        agent.prompt(prompt("go"));
        heard.result(1);
        agent.close();

        assertThat(heard.exited().cause()).isEqualTo(Cause.ASKED);
        assertThat(heard.exited().code()).isZero();
    }

    @Test
    void closingInMidTurnInterruptsIt() throws Exception {
        fake.turn(t -> t.text("Long").hang());
        Agent agent = start(fresh(), CliTimes.standard());
        agent.prompt(prompt("go"));
        heard.await1("assistant");
        agent.close();

        assertThat(heard.exited().cause()).isEqualTo(Cause.ASKED);
        assertThat(heard.result(1).path("terminal_reason").asText()).isEqualTo("aborted_streaming");
    }

    @Test
    void aNewConversationThatTheCliHasAlreadyIsResumed() throws Exception {
        UUID id = UUID.randomUUID();
        fake.knowing(id);
        start(new Fresh(id)).prompt(prompt("go"));

        assertThat(heard.result(1).path("result").asText()).isEqualTo("Hello from the fake.");
        assertThat(fake.launches().get(0)).contains("--session-id=" + id);
        assertThat(fake.launches().get(1)).contains("--resume=" + id);
        assertThat(fake.heard()).filteredOn(l -> l.contains("\"user\"")).hasSize(1);
    }

    @Test
    void anIdleOneThatLeavesByItselfIsNoCrash() throws Exception {
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        heard.result(1);
        agent.control(request("end_session"), DEADLINE);

        assertThat(heard.exited().cause()).isEqualTo(Cause.ASKED);
    }

    @Test
    void aPromptLaidOutOnSeveralLinesReachesItAsOne() throws Exception {
        Agent agent = start(fresh());
        agent.prompt(
                Message.parse(
                        """
                        {"type":"user",
                         "message":{"role":"user",\r
                         "content":"hi"}}\
                        """));

        assertThat(heard.result(1).path("is_error").asBoolean()).isFalse();
        assertThatThrownBy(() -> agent.prompt(Message.parse("{\"type\":\"user\",\"message\":{}}")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
