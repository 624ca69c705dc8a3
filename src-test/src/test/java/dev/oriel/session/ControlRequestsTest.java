package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.agent.ScriptedAgent;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the session answers to control requests of its owner, with an agent and without one.
class ControlRequestsTest extends SessionFixture {
    private int requests;

    /// Sends a request.
    ///
    /// @return the inner object of the reply
    private JsonNode reply(String request) throws Exception {
        String id = "r" + ++requests;
        ObjectNode frame = Json.object().put("type", "control_request").put("request_id", id);
        frame.set(
                "request",
                Json.parseObject(request.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        session.request(client, Message.of(frame));
        return client.await(m -> m.is("control_response") && id.equals(m.requestId()))
                .tree()
                .path("response");
    }

    private ScriptedAgent runningAgent() {
        prompt("go");
        return agents.awaitAgent(0, 1);
    }

    private JsonNode object() {
        return sessions.find(session.id()).orElseThrow().toJson();
    }

    private long announcements() {
        return client.messages().stream().filter(m -> m.is("system", "oriel_control")).count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|bad_request",
                "{'subtype':7}|bad_request",
                "{'subtype':'from_the_future'}|unsupported_request",
                "{'subtype':'cancel_async_message','message_uuid':'x'}|bad_request",
                "{'subtype':'set_permission_mode','mode':'bypassPermissions'}|invalid_mode",
                "{'subtype':'set_permission_mode','mode':'odd'}|invalid_mode",
                "{'subtype':'mcp_status'}|no_agent",
            })
    void aRequestThatIsNotPossibleIsRefusedWithACode(String request, String code) throws Exception {
        JsonNode reply = reply(request);
        assertThat(reply.path("subtype").asText()).isEqualTo("error");
        assertThat(reply.path("error_code").asText()).isEqualTo(code);
        assertThat(reply.path("error").asText()).isNotBlank();
    }

    @Test
    void withoutAnAgentModelAndModeHoldForTheNextOne() throws Exception {
        assertThat(reply("{'subtype':'set_model','model':'opus'}").path("subtype").asText())
                .isEqualTo("success");
        reply("{'subtype':'set_permission_mode','mode':'plan'}");
        assertThat(object().path("model").asText()).isEqualTo("opus");
        ScriptedAgent agent = runningAgent();
        assertThat(agent.launch().model()).isEqualTo("opus");
        assertThat(agent.launch().permissionMode()).isEqualTo("plan");
        assertThat(agent.requests()).isEmpty();
    }

    @Test
    void aRunningAgentIsAskedBeforeTheModelIsKept() throws Exception {
        ScriptedAgent agent = runningAgent();
        JsonNode reply = reply("{'subtype':'set_model','model':'opus'}");
        assertThat(reply.path("response").path("echo").asText()).isEqualTo("set_model");
        assertThat(agent.requests())
                .extracting(r -> r.path("model").asText())
                .containsExactly("opus");
        Awaitility.await().until(() -> object().path("model").asText().equals("opus"));
    }

    @Test
    void aTitleIsStrippedAndPublished() throws Exception {
        reply("{'subtype':'rename_session','title':' New title '}");
        assertThat(object().path("title").asText()).isEqualTo("New title");
        client.await(m -> m.is("system", "oriel_session") && m.toString().contains("New title"));
    }

    @Test
    void aChangeIsAnnouncedOnceAndSentToTheNextAgent() throws Exception {
        String change = "{'subtype':'apply_flag_settings','settings':{'effortLevel':'low'}}";
        assertThat(reply(change).path("subtype").asText()).isEqualTo("success");
        assertThat(announcements()).isEqualTo(1);
        ScriptedAgent agent = runningAgent();
        assertThat(agent.requests())
                .extracting(r -> r.path("subtype").asText())
                .containsExactly("apply_flag_settings");
    }

    @Test
    void aRequestThatReadsIsNotAnnounced() throws Exception {
        ScriptedAgent agent = runningAgent();
        JsonNode reply = reply("{'subtype':'mcp_status'}");
        assertThat(reply.path("subtype").asText()).isEqualTo("success");
        assertThat(agent.requests()).hasSize(1);
        assertThat(announcements()).isZero();
        reply("{'subtype':'stop_task','task_id':'t1'}");
        client.await(m -> m.is("system", "oriel_control"));
    }

    @Test
    void aQueuedPromptIsCancelledOnce() throws Exception {
        runningAgent();
        UUID waiting = prompt("later");
        awaitProgress(waiting, "queued");
        String cancel = "{'subtype':'cancel_async_message','message_uuid':'" + waiting + "'}";
        assertThat(reply(cancel).path("response").path("cancelled").asBoolean()).isTrue();
        awaitProgress(waiting, "cancelled");
        assertThat(reply(cancel).path("response").path("cancelled").asBoolean(true)).isFalse();
    }

    @Test
    void anInterruptNamesWhatItCancelsAndWhatStillWaits() throws Exception {
        ScriptedAgent agent = runningAgent();
        UUID waiting = prompt("later");
        awaitProgress(waiting, "queued");
        JsonNode first = reply("{'subtype':'interrupt'}").path("response");
        assertThat(first.path("still_queued").path(0).asText()).isEqualTo(waiting.toString());
        assertThat(first.has("cancelled")).isFalse();
        assertThat(agent.interrupts()).isEqualTo(1);
        JsonNode second = reply("{'subtype':'interrupt','cancel_queued':true}").path("response");
        assertThat(second.path("cancelled").path(0).asText()).isEqualTo(waiting.toString());
        assertThat(second.path("still_queued")).isEmpty();
    }
}
