package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What a client sees over a real socket when an agent exits, does not start, or is replaced. The
/// test plays the agent.
class AgentExitSocketTest extends SessionSocketFixture {
    @Test
    void aCrashReportsTheLastLinesAndTheNextPromptResumes() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            assertThat(agent.launch().conversation()).isInstanceOf(Conversation.Fresh.class);
            agent.emitInit();
            agent.emitAsk("ask-1", "Bash", "{}");
            agent.exit(ExitCause.CRASHED, "out of memory");
            JsonNode failed = client.awaitState("failed");
            assertThat(failed.path("error").asText()).contains("exit code 1");
            JsonNode exited = client.await("system", "oriel_agent_exited");
            assertThat(exited.at("/last_words/0").asText()).isEqualTo("out of memory");
            client.await("control_cancel_request");

            client.sendPrompt("again");
            ScriptedAgent next = provider.awaitAgent(1, 1);
            assertThat(next.launch().conversation())
                    .isEqualTo(new Conversation.Resumed(agent.launch().conversation().id()));
            next.emitResult();
            assertThat(client.awaitState("idle").has("error")).isFalse();
        }
    }

    @Test
    void anAgentThatDoesNotStartLosesNoPrompt() {
        provider.setUnavailable("Claude Code was not found.");
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            assertThat(client.awaitState("failed").path("error").asText())
                    .isEqualTo("Claude Code was not found.");
            provider.setUnavailable(null);
            client.sendRequest("oriel_run_queue", Map.of());
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitResult();
            client.awaitState("idle");
            assertThat(agent.prompts().getFirst().toString()).contains("hello");
        }
    }

    @Test
    void aLostConversationStartsAgainAndIsReported() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("one");
            ScriptedAgent first = provider.awaitAgent(0, 1);
            first.emitInit();
            first.emitResult();
            first.exit(ExitCause.ASKED);
            client.awaitState("idle");
            client.sendPrompt("two");
            ScriptedAgent second = provider.awaitAgent(1, 1);
            assertThat(second.launch().conversation()).isInstanceOf(Conversation.Resumed.class);
            second.exit(ExitCause.CONVERSATION_GONE);
            ScriptedAgent third = provider.awaitAgent(2, 1);
            assertThat(third.launch().conversation()).isInstanceOf(Conversation.Fresh.class);
            assertThat(third.prompts().getFirst().toString()).contains("two");
            third.emitResult();
            client.awaitState("idle");
            assertThat(client.await("system", "oriel_agent_exited").path("cause").asText())
                    .isEqualTo("conversation_gone");
        }
    }

    @Test
    void aPromptWaitsWhileAnAgentExits() throws Exception {
        server.close();
        server =
                RunningServer.in(
                        folder,
                        ServerSetUp.policy(
                                new SessionPolicy(Duration.ofMillis(50), 10, false, null)),
                        provider);
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("one");
            ScriptedAgent first = provider.awaitAgent(0, 1);
            first.ignoreClose();
            first.emitInit();
            first.emitResult();
            Awaitility.await().until(first::isCloseRequested);
            client.sendPrompt("two");
            client.await("system", "oriel_session");
            client.sendRequest("interrupt", Map.of());
            client.await("control_response");
            assertThat(first.prompts()).hasSize(1);
            first.exit(ExitCause.ASKED);
            ScriptedAgent second = provider.awaitAgent(1, 1);
            assertThat(second.prompts().getFirst().toString()).contains("two");
            second.emitResult();
            client.awaitState("idle");
            assertThat(client.frames())
                    .noneMatch(f -> f.path("subtype").asText().equals("oriel_agent_exited"));
        }
    }

    @Test
    void aServerThatExitsDuringATurnReportsItAtItsNextStart() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("hello");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitText("half an ans");
            client.await("assistant");
        }
        restart();
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.awaitState("idle");
            assertThat(client.journaled())
                    .extracting(f -> f.path("type").asText())
                    .containsExactly("user", "assistant", "system");
            assertThat(client.seqs()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void modelAndPermissionModeApplyToLaterAgents() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendRequest("set_model", Map.of("model", "haiku"));
            client.sendRequest("set_permission_mode", Map.of("mode", "plan"));
            client.await(
                    f -> f.at("/response/request_id").asText().equals("set_permission_mode"),
                    "answer");
            client.sendRequest("set_permission_mode", Map.of("mode", "bypassPermissions"));
            client.await(
                    f -> f.at("/response/error_code").asText().equals("invalid_mode"), "refusal");
            client.sendPrompt("hello");
            var launch = provider.awaitAgent(0, 1).launch();
            assertThat(launch.model()).isEqualTo("haiku");
            assertThat(launch.permissionMode()).isEqualTo("plan");
        }
    }
}
