package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentListener;
import dev.oriel.message.Message;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An agent that is put together on its own thread, because that reads files. What it is told
/// meanwhile is passed on in order. Thread-safe.
final class DeferredAgent implements Agent {
    private static final Logger LOG = System.getLogger(DeferredAgent.class.getName());

    private final UUID conversation;
    private final AgentListener listener;
    private final Function<Consumer<ApiAgent>, ApiAgent> assembly;
    private final Consumer<DeferredAgent> onExit;
    private final List<Consumer<ApiAgent>> waiting = new ArrayList<>(); // guarded by this
    private final List<CompletableFuture<ObjectNode>> asked = new ArrayList<>(); // guarded by this
    private @Nullable ApiAgent agent; // guarded by this
    private boolean failed; // guarded by this

    /// @param conversation the agent's id of the conversation
    /// @param assembly creates the agent, of what it calls when it has ended; may block
    /// @param onExit called once, before the last event
    DeferredAgent(
            UUID conversation,
            AgentListener listener,
            Function<Consumer<ApiAgent>, ApiAgent> assembly,
            Consumer<DeferredAgent> onExit) {
        this.conversation = conversation;
        this.listener = listener;
        this.assembly = assembly;
        this.onExit = onExit;
    }

    UUID conversation() {
        return conversation;
    }

    void start() {
        Thread.ofVirtual().name("oriel-api").start(this::run);
    }

    private void run() {
        ApiAgent created;
        try {
            created = assembly.apply(_ -> onExit.accept(this));
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "The agent cannot be started", e);
            fail();
            return;
        }
        synchronized (this) {
            waiting.forEach(w -> w.accept(created));
            waiting.clear();
            asked.clear();
            agent = created;
        }
        created.run();
    }

    private void fail() {
        List<CompletableFuture<ObjectNode>> unanswered;
        synchronized (this) {
            failed = true;
            waiting.clear();
            unanswered = List.copyOf(asked);
            asked.clear();
        }
        unanswered.forEach(a -> a.completeExceptionally(new AgentGoneException()));
        onExit.accept(this);
        listener.onEvent(
                new AgentEvent.Exited(
                        0,
                        AgentEvent.ExitCause.CRASHED,
                        List.of("The agent could not be started because of an internal error.")));
    }

    /// The agent's methods only pass things on to its thread.
    private synchronized void pass(Consumer<ApiAgent> action) {
        if (agent != null) {
            action.accept(agent);
        } else if (!failed) {
            waiting.add(action);
        }
    }

    @Override
    public void sendPrompt(Message user) {
        pass(a -> a.sendPrompt(user));
    }

    @Override
    public void sendMidTurnPrompt(Message user) {
        pass(a -> a.sendMidTurnPrompt(user));
    }

    @Override
    public CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline) {
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        synchronized (this) {
            if (failed) {
                answer.completeExceptionally(new AgentGoneException());
                return answer;
            }
            asked.add(answer);
            pass(a ->
                    a.sendControlRequest(request, deadline)
                            .whenComplete((reply, failure) -> {
                                if (failure == null) {
                                    answer.complete(reply);
                                } else {
                                    answer.completeExceptionally(failure);
                                }
                            }));
            if (agent != null) {
                asked.clear();
            }
        }
        return answer;
    }

    @Override
    public void replayControlRequest(ObjectNode request) {
        pass(a -> a.replayControlRequest(request));
    }

    @Override
    public void reply(Message response) {
        pass(a -> a.reply(response));
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        pass(ApiAgent::interrupt);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onToolsChanged() {
        pass(ApiAgent::onToolsChanged);
    }

    @Override
    public void close() {
        pass(ApiAgent::close);
    }

    /// Ends the agent and what it has started, and waits until that is done.
    void closeNow() {
        ApiAgent running;
        synchronized (this) {
            running = agent;
        }
        if (running == null) {
            close(); // it has started nothing yet, and will not
        } else {
            running.closeNow();
        }
    }
}
