package dev.oriel.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentStatus;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.await.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoAgentTest {
    private static final Duration SOON = Patience.LIMIT;

    /// Slow enough that a turn never ends by itself during a test.
    private static final DemoPace SLOW =
            new DemoPace() {
                @Override
                public Duration token(int index) {
                    return index < 4 ? Duration.ZERO : Duration.ofMinutes(5);
                }

                @Override
                public Duration work() {
                    return Duration.ZERO;
                }
            };

    private static final DemoPace SLOW_TOOLS =
            new DemoPace() {
                private boolean started;

                @Override
                public Duration token(int index) {
                    return Duration.ZERO;
                }

                @Override
                public Duration work() {
                    boolean first = !started;
                    started = true;
                    return first ? Duration.ZERO : Duration.ofMinutes(5);
                }
            };

    private final UUID conversation = UUID.randomUUID();
    private final List<AgentEvent> events = new CopyOnWriteArrayList<>();
    private Agent agent = start(DemoPace.instant());

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void is_always_ready_and_of_kind_demo() {
        assertThat(new DemoProvider().kind()).isEqualTo("demo");
        assertThat(new DemoProvider().status()).isInstanceOf(AgentStatus.Ready.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "help", "thinking", "read", "todo", "long", "error"})
    void every_turn_starts_with_init_and_ends_with_a_free_result_that_mentions_the_demo(
            String prompt) {
        sendPrompt(prompt);
        Message result = result(1);
        assertThat(messages().getFirst().is("system", "init")).isTrue();
        assertThat(messages().getFirst().tree().path("model").asText()).isEqualTo("demo");
        assertThat(messages().getLast()).isEqualTo(result);
        assertThat(result.tree().path("total_cost_usd").asDouble(-1)).isZero();
        assertThat(result.tree().path("result").asText()).containsIgnoringCase("demo");
        assertThat(messages())
                .allSatisfy(message ->
                        assertThat(message.agentSessionId()).isEqualTo(conversation.toString()));
    }

    @Test
    void deltas_add_up_to_the_complete_block_which_precedes_its_stop() {
        sendPrompt("hello");
        result(1);
        String deltas =
                messages().stream()
                        .map(m -> m.tree().path("event").path("delta").path("text").asText())
                        .collect(Collectors.joining());
        assertThat(
                        only("assistant")
                                .tree()
                                .path("message")
                                .path("content")
                                .path(0)
                                .path("text")
                                .asText())
                .isEqualTo(deltas)
                .isEqualTo(DemoTexts.WELCOME);
        assertThat(types())
                .containsSubsequence(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "assistant",
                        "content_block_stop",
                        "message_delta",
                        "message_stop",
                        "result");
    }

    @Test
    void the_welcome_contains_every_kind_of_markdown() {
        assertThat(DemoTexts.WELCOME)
                .contains("# ", "1. ", "- ", "> ", "```java", "|:--", "](https://", "`", "**");
        assertThat(DemoTexts.longAnswer().split("\\s+")).hasSizeGreaterThan(2_000);
    }

    @Test
    void thinking_is_a_separate_block_before_the_text() {
        sendPrompt("think about it");
        result(1);
        assertThat(messages().stream().filter(m -> m.is("assistant")).map(DemoAgentTest::blockType))
                .containsExactly("thinking", "text");
    }

    @Test
    void an_allowed_tool_returns_a_structured_result() {
        sendPrompt("edit it");
        Message ask = ask(1);
        assertThat(ask.tree().path("request").path("tool_name").asText()).isEqualTo("Edit");
        allow(ask, null);
        result(1);
        Message answer = only("user");
        assertThat(
                        answer.tree()
                                .path("tool_use_result")
                                .path("structuredPatch")
                                .path(0)
                                .path("lines"))
                .isNotEmpty();
        assertThat(answer.tree().path("message").path("content").path(0).path("tool_use_id"))
                .isEqualTo(ask.tree().path("request").path("tool_use_id"));
    }

    @Test
    void a_denied_tool_returns_an_error_and_the_turn_succeeds() {
        sendPrompt("run a command");
        reply(ask(1), Json.object().put("behavior", "deny").put("message", "Not today."));
        JsonNode result = result(1).tree();
        JsonNode block = only("user").tree().path("message").path("content").path(0);
        assertThat(block.path("is_error").asBoolean()).isTrue();
        assertThat(block.path("content").asText()).isEqualTo("Not today.");
        assertThat(result.path("is_error").asBoolean()).isFalse();
        assertThat(result.path("permission_denials").path(0).path("tool_name").asText())
                .isEqualTo("Bash");
    }

    @Test
    void a_denial_with_interrupt_ends_the_turn() {
        sendPrompt("run a command");
        reply(
                ask(1),
                Json.object()
                        .put("behavior", "deny")
                        .put("message", "Stop.")
                        .put("interrupt", true));
        assertThat(result(1).tree().path("terminal_reason").asText()).isEqualTo("aborted_tools");
        assertThat(messages().stream().noneMatch(m -> m.is("control_cancel_request"))).isTrue();
    }

    @Test
    void an_allowed_rule_holds_for_the_rest_of_the_session() {
        sendPrompt("bash");
        Message ask = ask(1);
        allow(ask, ask.tree().path("request").path("permission_suggestions"));
        result(1);
        sendPrompt("bash");
        result(2);
        assertThat(asks()).hasSize(1);
    }

    @Test
    void accept_edits_asks_for_commands_only() {
        assertThat(control("set_permission_mode", "mode", "acceptEdits").path("subtype").asText())
                .isEqualTo("success");
        sendPrompt("edit");
        result(1);
        assertThat(asks()).isEmpty();
        sendPrompt("bash");
        allow(ask(1), null);
        result(2);
        assertThat(messages())
                .anyMatch(m ->
                        m.is("system", "status")
                                && m.tree().path("permissionMode").asText().equals("acceptEdits"));
    }

    @Test
    void emits_several_asks_in_sequence_and_uses_the_answer_to_a_question() {
        sendPrompt("several, please");
        for (int i = 1; i <= 3; i++) {
            allow(ask(i), null);
        }
        Message question = ask(4);
        assertThat(question.tree().path("request").path("requires_user_interaction").asBoolean())
                .isTrue();
        ObjectNode allow = Json.object().put("behavior", "allow");
        ObjectNode input = question.tree().path("request").path("input").deepCopy();
        input.putObject("answers").put("Which?", "Oriel");
        allow.set("updatedInput", input);
        reply(question, allow);
        result(1);
        assertThat(messages().toString()).contains("\\\"Which?\\\"=\\\"Oriel\\\"");
    }

    @Test
    void an_interrupt_keeps_the_streamed_text_and_the_next_turn_works() {
        agent = start(SLOW);
        sendPrompt("long");
        await().atMost(SOON).until(() -> types().contains("content_block_delta"));
        agent.interrupt().join();
        Message result = result(1);
        assertThat(result.is("result", "error_during_execution")).isTrue();
        assertThat(result.tree().path("terminal_reason").asText()).isEqualTo("aborted_streaming");
        assertThat(only("assistant").tree().path("aborted").asBoolean()).isTrue();
        assertThat(DemoTexts.longAnswer())
                .startsWith(
                        only("assistant")
                                .tree()
                                .path("message")
                                .path("content")
                                .path(0)
                                .path("text")
                                .asText());
        assertThat(types())
                .containsSubsequence(
                        "assistant", "user", "content_block_stop", "message_stop", "result");
        sendPrompt("long");
        await().atMost(SOON)
                .until(() -> messages().stream().filter(m -> m.is("system", "init")).count() == 2);
        agent.interrupt().join();
        result(2);
    }

    @Test
    void an_interrupt_withdraws_the_ask_and_a_late_reply_is_ignored() {
        sendPrompt("bash");
        Message ask = ask(1);
        agent.interrupt().join();
        assertThat(result(1).tree().path("terminal_reason").asText()).isEqualTo("aborted_tools");
        assertThat(only("control_cancel_request").requestId()).isEqualTo(ask.requestId());
        assertThat(types()).containsSubsequence("control_cancel_request", "user", "user", "result");
        allow(ask, null);
        sendPrompt("hello");
        assertThat(result(2).is("result", "success")).isTrue();
    }

    @Test
    void an_interrupt_stops_a_running_tool() {
        agent = start(SLOW_TOOLS);
        sendPrompt("bash");
        allow(ask(1), null);
        agent.interrupt().join();
        assertThat(result(1).tree().path("terminal_reason").asText()).isEqualTo("aborted_tools");
    }

    @Test
    void an_interrupt_without_a_turn_does_nothing() {
        agent.interrupt().join();
        sendPrompt("hello");
        assertThat(result(1).is("result", "success")).isTrue();
    }

    @Test
    void an_api_error_ends_with_an_error_result() {
        sendPrompt("error");
        JsonNode result = result(1).tree();
        assertThat(result.path("subtype").asText()).isEqualTo("success");
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(result.path("api_error_status").asInt()).isEqualTo(529);
        assertThat(only("assistant").tree().path("message").path("model").asText())
                .isEqualTo("<synthetic>");
    }

    @Test
    void responds_to_known_and_unknown_control_requests() {
        assertThat(control("initialize", "x", "").path("response").path("models")).hasSize(1);
        assertThat(control("set_model", "model", "opus").path("response").path("model").asText())
                .isEqualTo("demo");
        assertThat(control("set_permission_mode", "mode", "nonsense").path("error_code").asText())
                .isEqualTo("invalid_mode");
        assertThat(
                        control("set_permission_mode", "mode", "bypassPermissions")
                                .path("error_code")
                                .asText())
                .isEqualTo("bypass_not_launched");
        assertThat(control("fly", "x", "").path("error_code").asText())
                .isEqualTo("unsupported_request");
    }

    @Test
    void close_during_a_turn_emits_one_exited_event_as_the_last() {
        agent = start(SLOW);
        sendPrompt("long");
        await().atMost(SOON).until(() -> types().contains("content_block_delta"));
        agent.close();
        agent.close();
        await().atMost(SOON).until(() -> events.getLast() instanceof AgentEvent.Exited);
        assertThat(events.getLast())
                .isEqualTo(new AgentEvent.Exited(0, AgentEvent.ExitCause.ASKED, List.of()));
        assertThat(agent.sendControlRequest(Json.object().put("subtype", "initialize"), SOON))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(AgentGoneException.class);
    }

    private Agent start(DemoPace pace) {
        AgentLaunch launch =
                new AgentLaunch(
                        new AgentLaunch.Conversation.Resumed(conversation),
                        Path.of("/home/anna/house"),
                        null,
                        null);
        return new DemoProvider(pace).start(launch, events::add);
    }

    private void sendPrompt(String text) {
        agent.sendPrompt(UserMessages.prompt(UUID.randomUUID(), text));
    }

    private JsonNode control(String subtype, String key, String value) {
        return agent.sendControlRequest(Json.object().put("subtype", subtype).put(key, value), SOON)
                .join();
    }

    private void allow(Message ask, JsonNode updates) {
        ObjectNode allow = Json.object().put("behavior", "allow");
        allow.set("updatedInput", ask.tree().path("request").path("input"));
        if (updates != null) {
            allow.set("updatedPermissions", updates);
        }
        reply(ask, allow);
    }

    private void reply(Message ask, ObjectNode decision) {
        ObjectNode line = Json.object().put("type", "control_response");
        line.putObject("response")
                .put("subtype", "success")
                .put("request_id", ask.requestId())
                .set("response", decision);
        agent.reply(Message.of(line));
    }

    private Message result(int number) {
        return await().atMost(SOON)
                .until(() -> all("result"), results -> results.size() >= number)
                .get(number - 1);
    }

    private Message ask(int number) {
        return await().atMost(SOON)
                .until(this::asks, asks -> asks.size() >= number)
                .get(number - 1);
    }

    private List<Message> asks() {
        return all("control_request");
    }

    private Message only(String type) {
        List<Message> all = all(type);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<Message> all(String type) {
        return messages().stream().filter(m -> m.is(type)).toList();
    }

    private List<Message> messages() {
        return events.stream()
                .filter(AgentEvent.Output.class::isInstance)
                .map(e -> ((AgentEvent.Output) e).message())
                .toList();
    }

    private List<String> types() {
        return messages().stream()
                .map(m ->
                        m.is("stream_event")
                                ? m.tree().path("event").path("type").asText()
                                : m.type())
                .toList();
    }

    private static String blockType(Message message) {
        return message.tree().path("message").path("content").path(0).path("type").asText();
    }
}
