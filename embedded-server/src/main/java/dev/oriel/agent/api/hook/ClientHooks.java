package dev.oriel.agent.api.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.hook.Hooks.HookVerdict;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The hooks that the session's clients have declared. Each is a request `hook_callback` to its
/// client, which answers with what a hook of the settings would print. Thread-safe.
final class ClientHooks {
    private final ClientRequestHandler clients;

    ClientHooks(ClientRequestHandler clients) {
        this.clients = clients;
    }

    /// Those that clients have declared at the moment, for one event.
    List<HookCommand> of(String event) {
        List<HookCommand> hooks = new ArrayList<>();
        for (JsonNode group : clients.declarations().path("hooks").path(event)) {
            for (JsonNode id : group.path("hookCallbackIds")) {
                hooks.add(
                        new HookCommand(
                                event,
                                group.path("matcher").asText(""),
                                "callback",
                                HookSettings.TIMEOUT, // the clients' own counts
                                id.asText()));
            }
        }
        return hooks;
    }

    /// Asks the client, and waits.
    ///
    /// @param name the event, with the tool's name if it has one
    /// @throws CancellationException if the scope is cancelled
    HookVerdict run(HookCommand hook, String name, JsonNode input, CancelScope cancel)
            throws InterruptedException {
        ObjectNode line =
                Json.object()
                        .put("type", MessageType.CONTROL_REQUEST)
                        .put("request_id", UUID.randomUUID().toString());
        ObjectNode request =
                line.putObject("request")
                        .put("subtype", ControlSubtype.HOOK_CALLBACK)
                        .put("callback_id", hook.callback());
        request.set("input", input);
        if (input.has("tool_use_id")) {
            request.set("tool_use_id", input.get("tool_use_id"));
        }
        cancel.check();
        CompletableFuture<ObjectNode> answer = clients.forward(Message.of(line));
        try (CancelScope.Registration _ = cancel.onCancel(() -> answer.cancel(true))) {
            ObjectNode response = answer.get();
            return response.path("response") instanceof ObjectNode output
                    ? HookOutput.json(hook, name, output)
                    : HookOutput.notice("A hook of " + name + " has failed at its client.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the clients' answers never fail", e);
        } finally {
            answer.cancel(true); // also if this thread was interrupted
        }
    }
}
