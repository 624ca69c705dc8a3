package dev.oriel.agent.api.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.hook.Hooks.HookVerdict;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hooks of the session's clients.
class ClientHooksTest {
    @TempDir Path temp;
    private final OneClient client = new OneClient();
    private final CancelScope cancel = new CancelScope();

    private Hooks engine() {
        return new HookEngine(
                new HookEngine.Place(
                        UUID.randomUUID(), temp, temp, true, () -> "default", () -> null, client),
                _ -> {});
    }

    private static ToolRequest bash() {
        return new ToolRequest("toolu_1", "Bash", Json.object().put("command", "ls"));
    }

    @Test
    void theClientIsAskedAndCanDeny() {
        client.hook("PreToolUse", "Bash|Edit", "1:h1");
        client.answer =
                """
                {"hookSpecificOutput":{"hookEventName":"PreToolUse",
                "permissionDecision":"deny","permissionDecisionReason":"Not now."}}
                """;
        HookVerdict verdict = engine().beforeTool(bash(), cancel);
        assertThat(verdict.block()).contains("PreToolUse:Bash").endsWith("Not now.");
        JsonNode request = client.requests.getFirst().tree().path("request");
        assertThat(request.path("subtype").asText()).isEqualTo("hook_callback");
        assertThat(request.path("callback_id").asText()).isEqualTo("1:h1");
        assertThat(request.path("tool_use_id").asText()).isEqualTo("toolu_1");
        assertThat(request.path("input").path("hook_event_name").asText()).isEqualTo("PreToolUse");
        assertThat(request.path("input").path("tool_input").path("command").asText())
                .isEqualTo("ls");
    }

    @Test
    void anEmptyAnswerChangesNothingAndOthersAreNotAsked() {
        client.hook("PreToolUse", null, "1:h1");
        client.hook("PreToolUse", "Edit", "1:h2");
        client.hook("Stop", null, "1:h3");
        assertThat(engine().beforeTool(bash(), cancel)).isEqualTo(HookVerdict.NONE);
        assertThat(client.requests).hasSize(1);
    }

    @Test
    void theInputCanBeReplaced() {
        client.hook("PreToolUse", null, "1:h1");
        client.answer =
                """
                {"hookSpecificOutput":{"hookEventName":"PreToolUse",
                "permissionDecision":"allow","updatedInput":{"command":"pwd"}}}
                """;
        HookVerdict verdict = engine().beforeTool(bash(), cancel);
        assertThat(verdict.isAllowed()).isTrue();
        assertThat(verdict.input()).isEqualTo(Json.object().put("command", "pwd"));
    }

    @Test
    void aClientThatComesLaterIsAskedToo() {
        Hooks engine = engine();
        engine.onPrompt("hi", cancel);
        client.hook("UserPromptSubmit", null, "2:h1");
        client.answer = "{\"decision\":\"block\",\"reason\":\"Not this.\"}";
        assertThat(engine.onPrompt("hi", cancel).block()).isEqualTo("Not this.");
        assertThat(client.requests).hasSize(1);
    }

    @Test
    void anInterruptWithdrawsTheRequest() {
        client.hook("PreToolUse", null, "1:h1");
        client.answer = null;
        client.onRequest = cancel::cancel;
        assertThatThrownBy(() -> engine().beforeTool(bash(), cancel))
                .isInstanceOf(CancellationException.class);
        assertThat(client.pending.getFirst()).isCancelled();
    }

    @Test
    void anErrorIsTold() {
        client.hook("PreToolUse", null, "1:h1");
        client.isFailing = true;
        assertThat(engine().beforeTool(bash(), cancel).notices())
                .containsExactly("A hook of PreToolUse:Bash has failed at its client.");
    }

    /// A client with hooks that gives one answer.
    private static final class OneClient implements ClientRequestHandler {
        private final ObjectNode hooks = Json.object();
        private final List<Message> requests = new CopyOnWriteArrayList<>();
        private final List<CompletableFuture<ObjectNode>> pending = new CopyOnWriteArrayList<>();
        private @Nullable String answer = "{}";
        private boolean isFailing;
        private Runnable onRequest = () -> {};

        void hook(String event, @Nullable String matcher, String id) {
            hooks.withArray(event)
                    .addObject()
                    .put("matcher", matcher)
                    .putArray("hookCallbackIds")
                    .add(id);
        }

        @Override
        public ObjectNode declarations() {
            ObjectNode declared = Json.object();
            declared.set("hooks", hooks.deepCopy());
            return declared;
        }

        @Override
        public CompletableFuture<ObjectNode> forward(Message request) {
            requests.add(request);
            CompletableFuture<ObjectNode> future = new CompletableFuture<>();
            pending.add(future);
            if (isFailing) {
                future.complete(Json.object().put("subtype", "error").put("error", "x"));
            } else if (answer != null) {
                ObjectNode response = Json.object().put("subtype", "success");
                response.set("response", Json.parseStored(answer));
                future.complete(response);
            }
            onRequest.run();
            return future;
        }
    }
}
