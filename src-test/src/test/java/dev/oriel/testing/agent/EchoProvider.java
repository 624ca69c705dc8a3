package dev.oriel.testing.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts agents that reply to every prompt immediately with the prompt's text.
public final class EchoProvider implements AgentProvider {
    private final String kind;

    public EchoProvider() {
        this("cli");
    }

    public EchoProvider(String kind) {
        this.kind = kind;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public AgentStatus status() {
        return new AgentStatus.Ready("1.0", "/somewhere/claude");
    }

    @Override
    public Agent start(AgentLaunch launch, AgentListener listener) {
        return new EchoAgent(listener);
    }

    private static final class EchoAgent implements Agent {
        private final AgentListener listener;
        private final ExecutorService thread =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

        EchoAgent(AgentListener listener) {
            this.listener = listener;
        }

        @Override
        public void sendPrompt(Message user) {
            thread.execute(() -> {
                ObjectNode answer = Json.object().put("type", "assistant");
                answer.set("message", user.tree().path("message"));
                emit("{\"type\":\"system\",\"subtype\":\"init\"}");
                emit(answer.toString());
                emit("{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false}");
            });
        }

        @Override
        public void sendMidTurnPrompt(Message user) {}

        private void emit(String line) {
            try {
                listener.onEvent(new AgentEvent.Output(Message.parse(line)));
            } catch (MalformedMessageException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public CompletableFuture<ObjectNode> sendControlRequest(
                ObjectNode request, Duration deadline) {
            return CompletableFuture.completedFuture(Json.object().put("subtype", "success"));
        }

        @Override
        public void reply(Message response) {}

        @Override
        public CompletableFuture<Void> interrupt() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            thread.execute(() ->
                    listener.onEvent(
                            new AgentEvent.Exited(0, AgentEvent.ExitCause.ASKED, List.of())));
            thread.shutdown();
        }
    }
}
