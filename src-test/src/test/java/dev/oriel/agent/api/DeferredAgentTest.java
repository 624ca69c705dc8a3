package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.message.Json;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.agent.CollectingAgentListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that are not put together yet.
class DeferredAgentTest {
    @TempDir Path folder;

    @Test
    void anAgentIsPutTogetherOnItsOwnThreadAndGetsEverythingInOrder() throws Exception {
        CountDownLatch mayBegin = new CountDownLatch(1);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (ScriptedApiAgent script = new ScriptedApiAgent(folder)) {
            script.api.text("One").text("Two");
            DeferredAgent agent =
                    new DeferredAgent(
                            UUID.randomUUID(),
                            script.events,
                            _ -> {
                                threads.add(Thread.currentThread());
                                await(mayBegin);
                                return script.create();
                            },
                            _ -> {});
            agent.start();
            agent.replayControlRequest(
                    Json.object().put("subtype", "set_permission_mode").put("mode", "acceptEdits"));
            var answer =
                    agent.sendControlRequest(
                            Json.object().put("subtype", "get_status"), Duration.ofMinutes(1));
            agent.sendPrompt(UserMessages.prompt(UUID.randomUUID(), "first"));
            agent.sendPrompt(UserMessages.prompt(UUID.randomUUID(), "second"));
            assertThat(answer).isNotDone();
            mayBegin.countDown();
            assertThat(script.events.awaitResult(1).path("result").asText()).isEqualTo("One");
            assertThat(script.events.awaitResult(2).path("result").asText()).isEqualTo("Two");
            assertThat(answer.join().path("subtype").asText()).isEqualTo("success");
            assertThat(threads).doesNotContain(Thread.currentThread()).hasSize(1);
            assertThat(
                            script.events
                                    .awaitMessage(m -> "init".equals(m.subtype()))
                                    .tree()
                                    .path("permissionMode")
                                    .asText())
                    .isEqualTo("acceptEdits");
        }
    }

    @Test
    void anAgentThatCannotBePutTogetherHasExited() {
        CollectingAgentListener events = new CollectingAgentListener();
        CountDownLatch mayFail = new CountDownLatch(1);
        CompletableFuture<DeferredAgent> exited = new CompletableFuture<>();
        DeferredAgent agent =
                new DeferredAgent(
                        UUID.randomUUID(),
                        events,
                        _ -> {
                            await(mayFail);
                            throw new IllegalStateException("broken");
                        },
                        exited::complete);
        agent.start();
        agent.sendPrompt(UserMessages.prompt(UUID.randomUUID(), "hi"));
        var answer =
                agent.sendControlRequest(
                        Json.object().put("subtype", "get_status"), Duration.ofMinutes(1));
        mayFail.countDown();
        AgentEvent.Exited exit = events.awaitExit();
        assertThat(exit.cause()).isEqualTo(AgentEvent.ExitCause.CRASHED);
        assertThat(exited).isCompletedWithValue(agent);
        assertThatThrownBy(answer::join).hasCauseInstanceOf(AgentGoneException.class);
        assertThatThrownBy(() ->
                        agent.sendControlRequest(
                                        Json.object().put("subtype", "get_status"),
                                        Duration.ofMinutes(1))
                                .join())
                .hasCauseInstanceOf(AgentGoneException.class);
    }

    @Test
    void anAgentThatIsClosedBeforeItsStartEnds() {
        CountDownLatch mayBegin = new CountDownLatch(1);
        try (ScriptedApiAgent script = new ScriptedApiAgent(folder)) {
            DeferredAgent agent =
                    new DeferredAgent(
                            UUID.randomUUID(),
                            script.events,
                            _ -> {
                                await(mayBegin);
                                return script.create();
                            },
                            _ -> {});
            agent.start();
            agent.closeNow();
            mayBegin.countDown();
            assertThat(script.events.awaitExit().cause()).isEqualTo(AgentEvent.ExitCause.ASKED);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
