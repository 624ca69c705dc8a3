package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ConversationLog;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.FakeTool;
import dev.oriel.testing.await.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents without a turn: their memory, and what happens without a prompt.
class IdleAgentTest {
    @TempDir Path folder;
    private ScriptedApiAgent agent;
    private final News news = new News();

    @BeforeEach
    void create() {
        agent = new ScriptedApiAgent(folder);
        agent.notices = news;
        agent.log = each -> agent.journal.forEach(each);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void anIdleAgentFreesTheConversationAndReadsItAgain() {
        agent.api.text("Hello").text("Again");
        agent.start();
        agent.prompt("my favourite is red");
        awaitRest(1);
        assertThat(agent.history.size()).isPositive();
        agent.idle.advance(Duration.ofSeconds(59));
        assertThat(agent.history.size()).isPositive();
        agent.idle.advance(Duration.ofSeconds(2));
        assertThat(agent.history.size()).isZero();
        agent.prompt("and now?");
        agent.events.awaitResult(2);
        assertThat(lastRequest())
                .containsSubsequence("my favourite is red", "Hello", "and now?")
                .containsOnlyOnce("and now?");
    }

    @Test
    void theContextOfAnIdleAgentIsCounted() {
        agent.api.text("Hello");
        agent.start();
        agent.prompt("x".repeat(40_000));
        awaitRest(1);
        JsonNode before = agent.control("get_context_usage").path("response");
        agent.idle.advance(IdleMemory.LIMIT.plusSeconds(1));
        assertThat(agent.history.size()).isZero();
        JsonNode after = agent.control("get_context_usage").path("response");
        assertThat(after.path("totalTokens").asInt())
                .isCloseTo(before.path("totalTokens").asInt(), Offset.offset(20));
        agent.idle.advance(IdleMemory.LIMIT.plusSeconds(1));
        assertThat(agent.history.size()).isZero();
    }

    @Test
    void aTurnThatTakesLongKeepsTheConversation() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        agent.tools.add(FakeTool.writing("Run", FakeTool.blocking(started)));
        agent.api.call("toolu_1", "Run", FakeTool.input("x"));
        agent.start();
        agent.prompt("hi");
        started.await();
        agent.idle.advance(Duration.ofHours(1));
        assertThat(agent.history.size()).isPositive();
        agent.control("interrupt");
        agent.events.awaitResult(1);
    }

    @Test
    void aConversationThatIsNowhereElseStaysInMemory() {
        agent.log = ConversationLog.EMPTY;
        agent.api.text("Hello");
        agent.start();
        agent.prompt("hi");
        agent.events.awaitResult(1);
        agent.control("get_context_usage");
        agent.idle.advance(Duration.ofHours(1));
        assertThat(agent.history.size()).isPositive();
    }

    @Test
    void theEndOfATaskStartsATurnOfItsOwn() {
        agent.api.text("Hello").text("I see");
        agent.start();
        String prompt = agent.prompt("hi");
        agent.events.awaitResult(1);
        news.add("task 1 has ended");
        JsonNode result = agent.events.awaitResult(2);
        assertThat(result.path("origin").path("kind").asText()).isEqualTo("task-notification");
        assertThat(result.path("result").asText()).isEqualTo("I see");
        assertThat(result.path("user_message_uuids").size()).isZero();
        assertThat(agent.events.awaitResult(1).has("origin")).isFalse();
        assertThat(agent.lifecycle(prompt)).containsExactly("queued", "started", "completed");
        assertThat(agent.userTexts()).containsExactly("task 1 has ended");
        assertThat(lastRequest()).contains("task 1 has ended");
        assertThat(types().subList(types().lastIndexOf("system/init"), types().size()))
                .startsWith("system/init", "user", "system/status")
                .endsWith("result", "system/session_state_changed");
        Message told =
                agent.journal.stream()
                        .filter(m -> m.is("user") && m.tree().has("isSynthetic"))
                        .findFirst()
                        .orElseThrow();
        assertThat(told.tree().path("isSynthetic").asBoolean()).isTrue();
    }

    @Test
    void afterAnInterruptTheModelIsToldWithTheNextPrompt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        agent.tools.add(FakeTool.writing("Run", FakeTool.blocking(started)));
        agent.api.call("toolu_1", "Run", FakeTool.input("x")).text("I see");
        agent.start();
        agent.prompt("hi");
        started.await();
        news.add("task 1 has ended");
        agent.control("interrupt");
        agent.events.awaitResult(1);
        // The user wants rest: the model is told with the next prompt.
        agent.events.awaitMessage(m -> m.tree().path("state").asText().equals("idle"));
        assertThat(agent.api.requests()).hasSize(1);
        agent.prompt("go on");
        agent.events.awaitResult(2);
        assertThat(lastRequest()).containsSubsequence("go on", "task 1 has ended");
        assertThat(agent.api.requests()).hasSize(2);
    }

    @Test
    void aModelThatStartsATaskInEachTurnComesToRest() {
        agent.start();
        for (int i = 0; i < 60; i++) {
            agent.api.then((_, listener) -> {
                news.add("another task has ended");
                for (ObjectNode event : FakeApi.response("end_turn", text("Another one"))) {
                    listener.onEvents(List.of(FakeApi.event(event)));
                }
            });
        }
        agent.prompt("hi");
        await().atMost(Patience.LIMIT)
                .until(() -> agent.events.messages("result").size() == 51 && isIdle());
        assertThat(agent.api.requests()).hasSize(51);
        agent.prompt("enough?");
        agent.events.awaitResult(52);
        assertThat(lastRequest()).containsSubsequence("enough?", "another task has ended");
    }

    @Test
    void aClosedAgentTellsNothing() {
        agent.start();
        agent.close();
        news.add("task 1 has ended");
        assertThat(agent.api.requests()).isEmpty();
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private boolean isIdle() {
        return agent.events.messages().getLast().tree().path("state").asText().equals("idle");
    }

    private void awaitRest(int results) {
        agent.events.awaitResult(results);
        await().atMost(Patience.LIMIT).until(() -> isIdle() && agent.idle.pending() > 0);
    }

    private List<String> types() {
        return agent.events.messages().stream()
                .map(m -> m.subtype() == null ? m.type() : m.type() + "/" + m.subtype())
                .map(t -> t.startsWith("result") ? "result" : t)
                .filter(t -> !t.equals("stream_event"))
                .toList();
    }

    private String lastRequest() {
        StringBuilder text = new StringBuilder();
        agent.api
                .requests()
                .getLast()
                .messages()
                .forEach(m -> text.append(ScriptedApiAgent.parse(m)));
        return text.toString();
    }

    /// Ends of tasks, told by the test.
    private static final class News implements TurnNotices {
        private final List<String> texts = new ArrayList<>(); // guarded by this
        private Runnable action = () -> {}; // guarded by this

        void add(String text) {
            Runnable told;
            synchronized (this) {
                texts.add(text);
                told = action;
            }
            told.run();
        }

        @Override
        public synchronized void onNews(Runnable action) {
            this.action = action;
        }

        @Override
        public void onPrompt(Message prompt) {}

        @Override
        public synchronized List<String> forModel() {
            List<String> taken = List.copyOf(texts);
            texts.clear();
            return taken;
        }

        @Override
        public List<String> forUser() {
            return List.of();
        }
    }
}
