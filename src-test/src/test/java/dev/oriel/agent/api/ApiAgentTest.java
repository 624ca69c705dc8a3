package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.history.History;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.model.Models;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.permission.Verdict;
import dev.oriel.agent.api.tool.FileChangeListener;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.agent.api.tool.other.ConversationTools;
import dev.oriel.agent.api.turn.ContextLimit;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.agent.CollectingAgentListener;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.SettablePermissions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent with a scripted API: the messages of its turns.
class ApiAgentTest {
    private static final ModelInfo MODEL =
            new ModelInfo(
                    "test-model",
                    "Test",
                    "",
                    200_000,
                    8_000,
                    ModelInfo.Thinking.NONE,
                    List.of(),
                    new ModelInfo.Price(4, 20, 5, 8, 0.4));

    @TempDir Path folder;

    private final FakeApi api = new FakeApi();
    private final CollectingAgentListener events = new CollectingAgentListener();
    private final List<Message> history = new ArrayList<>();
    private @Nullable ApiAgent agent;

    private ApiAgent start() {
        AgentLaunch launch =
                new AgentLaunch(
                        new AgentLaunch.Conversation.Fresh(UUID.randomUUID()), folder, null, null);
        Permissions permissions = new UserIsAsked();
        AgentParts parts =
                new AgentParts(
                        new Account(
                                "one",
                                "One",
                                Account.Kind.GATEWAY,
                                URI.create("http://127.0.0.1:1"),
                                Account.Auth.NONE,
                                Map.of(),
                                null,
                                List.of()),
                        api,
                        new OneModel(),
                        new ListedHistory(),
                        permissions,
                        Hooks.NONE,
                        Commands.NONE,
                        _ -> List.of(),
                        (_, _, _) -> new NoLimit(),
                        () -> new ToolCatalog(ConversationTools.all(permissions), null),
                        List::of,
                        new ToolContext(
                                folder,
                                new CancelScope(),
                                new ReadState(),
                                FileChangeListener.NONE,
                                folder,
                                _ -> {},
                                null),
                        (_, cancel) -> cancel.check(),
                        (_, _) -> () -> {},
                        ControlExtension.NONE,
                        TurnNotices.NONE,
                        () -> {});
        ApiAgent started = new ApiAgent(launch, events, parts, _ -> {});
        started.start();
        agent = started;
        return started;
    }

    @AfterEach
    void close() {
        if (agent != null) {
            agent.close();
            events.awaitExit();
        }
    }

    @Test
    void aTurnHasTheMessagesOfTheCli() {
        api.text("Hello");
        start().sendPrompt(UserMessages.prompt(UUID.randomUUID(), "hi"));
        JsonNode result = events.awaitResult(1);
        assertThat(result.path("subtype").asText()).isEqualTo("success");
        assertThat(result.path("result").asText()).isEqualTo("Hello");
        assertThat(result.path("usage").path("output_tokens").asInt()).isEqualTo(7);
        assertThat(result.path("total_cost_usd").asDouble())
                .isEqualTo((11 * 4 + 7 * 20) / 1_000_000.0);
        events.awaitMessage(m -> m.tree().path("state").asText().equals("idle"));
        assertThat(kinds())
                .containsExactly(
                        "session_state_changed",
                        "command_lifecycle",
                        "command_lifecycle",
                        "init",
                        "status",
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "assistant",
                        "content_block_stop",
                        "message_delta",
                        "message_stop",
                        "result",
                        "command_lifecycle",
                        "session_state_changed");
    }

    @Test
    void aToolCallIsAnsweredAndItsResultBelongsToTheNextRequest() {
        ObjectNode input = Json.object();
        input.putArray("todos")
                .addObject()
                .put("content", "Write")
                .put("status", "pending")
                .put("activeForm", "Writing");
        api.call("toolu_1", "TodoWrite", input).text("Done");
        start().sendPrompt(UserMessages.prompt(UUID.randomUUID(), "plan"));
        assertThat(events.awaitResult(1).path("result").asText()).isEqualTo("Done");
        JsonNode toolResult =
                events.awaitMessage(m -> m.is("user"))
                        .tree()
                        .path("message")
                        .path("content")
                        .get(0);
        assertThat(toolResult.path("tool_use_id").asText()).isEqualTo("toolu_1");
        assertThat(toolResult.path("content").asText()).contains("successfully");
        assertThat(history.stream().map(Message::type))
                .containsExactly("user", "assistant", "user", "assistant");
    }

    @Test
    void anUnknownToolAndABrokenInputAreAnsweredAndTheTurnGoesOn() {
        api.answer(
                        "tool_use",
                        FakeApi.toolUse("toolu_1", "Fly", Json.object()),
                        FakeApi.toolUse("toolu_2", "TodoWrite", Json.object())
                                .put("input", "{\"todos\": ["),
                        FakeApi.toolUse("toolu_3", "TodoWrite", Json.object()))
                .text("Sorry");
        start().sendPrompt(UserMessages.prompt(UUID.randomUUID(), "go"));
        assertThat(events.awaitResult(1).path("result").asText()).isEqualTo("Sorry");
        List<String> texts =
                events.messages("user").stream()
                        .map(m -> m.tree().path("message").path("content").get(0))
                        .map(block -> block.path("content").asText())
                        .toList();
        assertThat(texts.get(0))
                .isEqualTo("<tool_use_error>Error: No such tool available: Fly</tool_use_error>");
        assertThat(texts.get(1)).contains("could not be parsed as JSON");
        assertThat(texts.get(2)).contains("The required parameter `todos` is missing");
    }

    @Test
    void anInterruptEndsTheResponseAtOnceAndTheNextPromptIsAnswered() {
        ObjectNode text = FakeApi.blockEvent("content_block_start", 0);
        text.putObject("content_block").put("type", "text").put("text", "");
        ObjectNode delta = FakeApi.blockEvent("content_block_delta", 0);
        delta.putObject("delta").put("type", "text_delta").put("text", "Once upon");
        api.stalls(FakeApi.start(), text, delta).text("Next");
        ApiAgent started = start();
        started.sendPrompt(UserMessages.prompt(UUID.randomUUID(), "tell"));
        events.awaitMessage(m -> "content_block_delta".equals(m.eventType()));
        started.interrupt().join();
        JsonNode result = events.awaitResult(1);
        assertThat(result.path("terminal_reason").asText()).isEqualTo("aborted_streaming");
        JsonNode partial = events.awaitMessage("assistant").tree();
        assertThat(partial.path("aborted").asBoolean()).isTrue();
        assertThat(partial.path("message").path("content").get(0).path("text").asText())
                .isEqualTo("Once upon");
        started.sendPrompt(UserMessages.prompt(UUID.randomUUID(), "again"));
        assertThat(events.awaitResult(2).path("result").asText()).isEqualTo("Next");
    }

    @Test
    void aTransientFailureIsRetriedAndAPermanentOneIsReported() {
        api.fails(failure(529, "overloaded_error")).fails(failure(401, "authentication_error"));
        start().sendPrompt(UserMessages.prompt(UUID.randomUUID(), "hi"));
        JsonNode result = events.awaitResult(1);
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(result.path("api_error_status").asInt()).isEqualTo(401);
        JsonNode retry = events.awaitMessage(m -> "api_retry".equals(m.subtype())).tree();
        assertThat(retry.path("error_status").asInt()).isEqualTo(529);
        assertThat(events.awaitMessage("assistant").tree().path("error").asText())
                .isEqualTo("authentication_failed");
    }

    @Test
    void aResponseThatReachedItsLimitIsContinued() {
        api.answer("max_tokens", Json.object().put("type", "text").put("text", "One")).text("Two");
        start().sendPrompt(UserMessages.prompt(UUID.randomUUID(), "count"));
        assertThat(events.awaitResult(1).path("result").asText()).isEqualTo("Two");
        assertThat(events.messages("user"))
                .singleElement()
                .satisfies(m -> assertThat(m.tree().path("isSynthetic").asBoolean()).isTrue());
    }

    @Test
    void anAskWaitsForTheUser() {
        ObjectNode input = Json.object();
        ObjectNode question =
                input.putArray("questions")
                        .addObject()
                        .put("question", "Which?")
                        .put("header", "Pick")
                        .put("multiSelect", false);
        question.putArray("options")
                .add(Json.object().put("label", "A").put("description", "a"))
                .add(Json.object().put("label", "B").put("description", "b"));
        api.call("toolu_1", "AskUserQuestion", input).text("Thanks");
        ApiAgent started = start();
        started.sendPrompt(UserMessages.prompt(UUID.randomUUID(), "ask"));
        Message ask = events.awaitAsk(1);
        ObjectNode updated = input.deepCopy();
        updated.putObject("answers").put("Which?", "B");
        ObjectNode response = Json.object().put("type", "control_response");
        ObjectNode inner =
                response.putObject("response")
                        .put("subtype", "success")
                        .put("request_id", ask.requestId());
        inner.putObject("response").put("behavior", "allow").set("updatedInput", updated);
        started.reply(Message.of(response));
        events.awaitResult(1);
        assertThat(events.messages("user").getFirst().tree().toString()).contains("\\\"B\\\"");
    }

    private List<String> kinds() {
        return events.messages().stream()
                .map(m ->
                        m.eventType() != null
                                ? m.eventType()
                                : m.subtype() != null && !m.is("result") ? m.subtype() : m.type())
                .toList();
    }

    private static ApiException failure(int status, String type) {
        return new ApiException(
                ApiException.Kind.STATUS, status, type, "Failed with " + status, null, null);
    }

    /// Allows everything but questions to the user.
    private static final class UserIsAsked implements Permissions {
        private final SettablePermissions others = new SettablePermissions();

        @Override
        public String mode() {
            return others.mode();
        }

        @Override
        public boolean setMode(String mode) {
            return others.setMode(mode);
        }

        @Override
        public Verdict judge(ToolRequest call, ToolNeeds needs) {
            return needs.asksUser()
                    ? new Verdict.Ask("other", null, null, null)
                    : others.judge(call, needs);
        }

        @Override
        public List<String> update(JsonNode updates) {
            return others.update(updates);
        }

        @Override
        public void allowForTurn(List<String> rules) {
            others.allowForTurn(rules);
        }

        @Override
        public void endTurn() {
            others.endTurn();
        }

        @Override
        public List<String> takeNotices() {
            return others.takeNotices();
        }
    }

    /// One model.
    private static final class OneModel implements Models {
        @Override
        public List<ModelInfo> list(CancelScope cancel) {
            return List.of(MODEL);
        }

        @Override
        public ModelInfo find(@Nullable String name) {
            return MODEL;
        }
    }

    /// Keeps what belongs to the conversation.
    private final class ListedHistory implements History {
        @Override
        public void append(Message message) {
            if (message.is("user") || message.is("assistant")) {
                history.add(message);
            }
        }

        @Override
        public List<byte[]> messages() {
            return history.stream().map(Message::bytes).toList();
        }

        @Override
        public void onUsage(JsonNode usage) {
            // Not estimated.
        }

        @Override
        public int estimatedTokens() {
            return 0;
        }
    }

    /// A model without a limit.
    private static final class NoLimit implements ContextLimit {
        @Override
        public boolean isReached(TurnSettings settings) {
            return false;
        }

        @Override
        public boolean compact(TurnSettings settings, CancelScope cancel) {
            return false;
        }
    }
}
