package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Sessions and their turns on the wire of the manager dialect.
class ManagerSessionsSocketTest extends ManagerSocketFixture {
    /// The frames of a session, without those about its creation.
    private List<String> turn(UUID session) {
        return client.texts().stream()
                .filter(t -> t.contains(session.toString()) && !t.contains("\"type\":\"session"))
                .map(t ->
                        t.replace(",\"session_id\":\"" + session + "\"", "")
                                .replaceAll(",\"message_id\":\"[-0-9a-f]{36}\"", ""))
                .toList();
    }

    @Test
    void aTurnIsReportedAsThinkingThenItsTextOnceThenItsEnd() {
        UUID id = manager.session(client);
        prompt(client, id, "Hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        assertThat(agent.prompts().getFirst().tree().path("message").path("content").asText())
                .isEqualTo("Hello");
        agent.emitInit();
        agent.emitTextStart();
        agent.emitDelta("Good ");
        agent.emitDelta("day");
        agent.emitText("Good day");
        agent.emitText("Good day");
        agent.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(turn(id))
                .containsExactly(
                        "{\"type\":\"agent_thinking\",\"thinking\":true}",
                        "{\"type\":\"agent_thinking\",\"thinking\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"Good day\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"Good day\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"\",\"complete\":true}");
    }

    @Test
    void toolUsesAreReportedBetweenTheText() {
        UUID id = manager.session(client);
        prompt(client, id, "List");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                """
                {"type":"assistant","session_id":"x","message":{"id":"m","role":"assistant",\
                "content":[{"type":"thinking","thinking":"Hm."}]}}\
                """,
                """
                {"type":"assistant","session_id":"x","message":{"id":"m","role":"assistant",\
                "content":[{"type":"text","text":"Look: "},{"type":"text","text":"here"},{"type":"tool_use",\
                "id":"toolu_1","name":"Bash","input":{"command":"ls"}}]}}\
                """,
                """
                {"type":"user","session_id":"x","uuid":"%s","message":{"role":"user",\
                "content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"a"}]}}\
                """
                        .formatted(UUID.randomUUID()),
                """
                {"type":"assistant","session_id":"x","parent_tool_use_id":"toolu_1","message":{"id":"s",\
                "role":"assistant","content":[{"type":"text","text":"aside"},{"type":"tool_use","id":"toolu_2",\
                "name":"Read","input":{"file_path":"/a"}}]}}\
                """);
        agent.emitText("One file.");
        agent.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(turn(id))
                .containsExactly(
                        "{\"type\":\"agent_thinking\",\"thinking\":true}",
                        "{\"type\":\"agent_thinking\",\"thinking\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"Look:"
                                + " here\",\"complete\":false}",
                        "{\"type\":\"agent_tool_use\",\"tool\":\"Bash\","
                                + "\"parameters\":{\"command\":\"ls\"},\"tool_use_id\":\"toolu_1\","
                                + "\"input\":{\"command\":\"ls\"}}",
                        "{\"type\":\"agent_tool_use\",\"tool\":\"Read\","
                            + "\"parameters\":{\"file_path\":\"/a\"},\"tool_use_id\":\"toolu_2\","
                            + "\"input\":{\"file_path\":\"/a\"}}",
                        "{\"type\":\"agent_message\",\"content\":\"One file.\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"\",\"complete\":true}");
    }

    @Test
    void anAnswerInTheResultAloneIsReportedToo() {
        UUID id = manager.session(client);
        prompt(client, id, "/cost");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(turn(id))
                .containsExactly(
                        "{\"type\":\"agent_thinking\",\"thinking\":true}",
                        "{\"type\":\"agent_thinking\",\"thinking\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"ok\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"\",\"complete\":true}");
    }

    @Test
    void turnsThatTheAgentStartsGoToTheClientOfTheLastPrompt() {
        UUID id = manager.session(client);
        prompt(client, id, "Wait in the background");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("I do.");
        agent.emitResult();
        agent.emitInit();
        agent.emitText("It is done.");
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"x\","
                        + "\"origin\":{\"kind\":\"task-notification\"}}");
        await().until(() -> turn(id).size() == 8);
        assertThat(turn(id).subList(4, 8))
                .containsExactly(
                        "{\"type\":\"agent_thinking\",\"thinking\":true}",
                        "{\"type\":\"agent_thinking\",\"thinking\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"It is"
                                + " done.\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"\",\"complete\":true}");
    }

    @Test
    void sessionsOfOneSocketRunAtTheSameTimeAndDelayNoFrame() {
        UUID one = manager.session(client);
        UUID two = manager.session(client);
        prompt(client, one, "One");
        ScriptedAgent first = agents.awaitAgent(0, 1);
        prompt(client, two, "Two");
        ScriptedAgent second = agents.awaitAgent(1, 1);
        first.emitInit();
        second.emitInit();
        await().until(() -> turn(one).size() == 1);

        client.send("{\"type\":\"ping\"}");
        client.await("pong");
        assertThat(listed())
                .extracting(s -> s.path("status").asText())
                .containsExactly("processing", "processing");

        second.emitText("from two");
        second.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "an end");
        assertThat(turn(two)).last().asString().contains("\"complete\":true");
        assertThat(turn(one)).hasSize(1);
        first.emitText("from one");
        first.emitResult();
        await().until(() -> turn(one).size() == 4);
    }

    @Test
    void twoPromptsOfOneSessionRunOneAfterTheOther() {
        UUID id = manager.session(client);
        prompt(client, id, "One");
        prompt(client, id, "Two");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("1");
        assertThat(agent.prompts()).hasSize(1);
        agent.emitResult();
        agents.awaitAgent(0, 2).emitInit();
        agent.emitText("2");
        agent.emitResult();
        await().until(() -> turn(id).size() == 8);
        assertThat(listed().get(0).path("message_count").asInt()).isEqualTo(2);
    }

    @Test
    void sessionsDoNotBelongToASocket() {
        UUID id = manager.session(client);
        prompt(client, id, "From the first socket");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        try (NativeClient other = manager.client()) {
            other.send("{\"type\":\"list_sessions\"}");
            assertThat(other.await("sessions_list").path("sessions").get(0).path("id").asText())
                    .isEqualTo(id.toString());
            agent.emitText("for the first");
            agent.emitResult();
            await().until(() -> turn(id).size() == 4);
            assertThat(other.frames()).hasSize(1);

            client.close();
            prompt(other, id, "From the second");
            agents.awaitAgent(0, 2).emitInit();
            agent.emitText("for the second");
            agent.emitResult();
            other.await(f -> f.path("complete").asBoolean(), "the end");
            assertThat(other.texts().toString())
                    .contains("for the second")
                    .doesNotContain("for the first");
        }
    }

    @Test
    void aPromptIsAnsweredAfterItsSocketHasClosed() {
        UUID id = manager.session(client);
        try (RawClient brief = RawClient.connect(manager.port())) {
            brief.upgrade("/ws?token=" + ManagerServer.KEY, "localhost", "");
            brief.sendFrame(
                    Json.object()
                            .put("type", "send_prompt")
                            .put("session_id", id.toString())
                            .put("prompt", "Do it")
                            .toString());
            // A close frame and the server's response.
            brief.send(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
            assertThat(brief.readSome()).isNotEmpty();
        }
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        await().until(() -> listed().get(0).path("status").asText().equals("processing"));
        agent.emitText("Done");
        agent.emitResult();
        await().until(() -> listed().get(0).path("status").asText().equals("idle"));
        assertThat(turn(id)).isEmpty();
    }

    @Test
    void anEndedSessionIsNotFound() {
        UUID id = manager.session(client);
        prompt(client, id, "Hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.send("{\"type\":\"end_session\",\"session_id\":\"" + id + "\"}");
        assertThat(client.await("session_ended").toString())
                .isEqualTo("{\"type\":\"session_ended\",\"session_id\":\"" + id + "\"}");
        assertThat(agent.isCloseRequested()).isTrue();
        assertThat(listed()).isEmpty();
        prompt(client, id, "Still there?");
        assertThat(client.await("error").toString())
                .isEqualTo(
                        "{\"type\":\"error\",\"message\":\"Session %s not found\",\"session_id\":null,\"details\":null}"
                                .formatted(id));
    }

    @Test
    void theClientThatPromptedLearnsThatAnotherEndedTheSession() {
        UUID id = manager.session(client);
        prompt(client, id, "Hello");
        agents.awaitAgent(0, 1).emitInit();
        try (NativeClient other = manager.client()) {
            other.send("{\"type\":\"end_session\",\"session_id\":\"" + id + "\"}");
            other.await("session_ended");
        }
        JsonNode error = client.await("error");
        assertThat(error.path("message").asText()).startsWith("Error processing prompt: ");
        assertThat(error.path("session_id").asText()).isEqualTo(id.toString());
    }
}
