package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The enhanced dialect with `claude` CLIs: the real one with a fake API, and one that ignores all
/// requests.
@Timeout(120)
class EnhancedCliJourneyTest extends EnhancedServerFixture {
    private final CountDownLatch open = new CountDownLatch(1);
    private FakeMessagesApi api;

    private RunningServer startReal() throws Exception {
        RealClaude real = RealClaude.orSkip(folder.resolve("home"));
        api = closing(FakeMessagesApi.start());
        var cli = closing(new ClaudeCli(real.settings(), real.machine(api)));
        return start(c -> c, cli);
    }

    private static String bash(String command) {
        return Json.object().put("command", command).put("description", "Do it").toString();
    }

    @Test
    void toolsRunCostsAreRealAndTheConversationIsRemembered() throws Exception {
        RunningServer server = startReal();
        NativeClient client = connect(server);
        api.enqueue(
                FakeReply.toolUse("Bash", bash("echo $((40 + 2))")), FakeReply.text("It is 42."));
        sendQuery(
                client,
                "compute",
                Json.object()
                        .put("max_thinking_tokens", 1024)
                        .set("allowed_tools", Json.mapper().valueToTree(List.of("Bash"))));
        nth(client, 1, "query_end");
        assertThat(
                        of(client, "assistant_message").stream()
                                .map(f -> f.at("/data/content/0/type").asText()))
                .containsExactly("tool_use", "tool_result", "text");
        assertThat(nth(client, 2, "assistant_message").at("/data/content/0/content").asText())
                .isEqualTo("42");
        JsonNode first = nth(client, 1, "result_message").path("data");
        assertThat(first.path("cost_usd").asDouble()).isPositive();
        String conversation = first.path("session_id").asText();
        // With other options, another process continues the conversation.
        sendQuery(client, "again", Json.object().put("model", "haiku"));
        nth(client, 2, "query_end");
        JsonNode second = nth(client, 2, "result_message").path("data");
        assertThat(second.path("session_id").asText()).isEqualTo(conversation);
        assertThat(second.path("cost_usd").asDouble()).isPositive();
        assertThat(second.path("total_cost_usd").asDouble())
                .isEqualTo(first.path("cost_usd").asDouble() + second.path("cost_usd").asDouble());
        assertThat(api.requests().getLast().body().toString()).contains("compute", "It is 42.");
        assertThat(api.requests().getLast().body().path("model").asText()).contains("haiku");
        client.close();
        NativeClient later = connect(server);
        sendQuery(later, "once more", Json.object().put("resume", conversation));
        later.await("query_end");
        assertThat(api.requests().getLast().body().toString()).contains("compute", "again");
    }

    @Test
    void inputWhileTextStreamsIsAnsweredBeforeTheQueryEnds() throws Exception {
        NativeClient client = connect(startReal());
        api.enqueue(FakeReply.text("One ").waiting(open).andText("two"), FakeReply.text("Three"));
        sendQuery(client, "count");
        client.await("system_message");
        Awaitility.await().until(() -> api.requests().size() == 1);
        client.send("{\"type\":\"input\",\"text\":\"and then?\"}");
        client.await("input_acknowledged");
        awaitHandled(client);
        open.countDown();
        client.await("query_end");
        assertThat(texts(client)).containsExactly("One ", "two", "Three");
        assertThat(api.requests().getLast().lastUserText()).contains("and then?");
        assertThat(types(client)).endsWith("result_message", "query_end");
        assertThat(of(client, "result_message")).hasSize(2);
    }

    @Test
    void inputWhileAToolRunsIsFoldedIntoTheTurn() throws Exception {
        NativeClient client = connect(startReal());
        java.nio.file.Path gate = folder.resolve("gate");
        String waits = "until [ -e " + gate + " ]; do read -t 0.1 x; done; echo done";
        api.enqueue(FakeReply.toolUse("Bash", bash(waits)), FakeReply.text("Both."));
        sendQuery(
                client,
                "wait",
                Json.object().set("allowed_tools", Json.mapper().valueToTree(List.of("Bash"))));
        client.await("assistant_message");
        client.send("{\"type\":\"input\",\"text\":\"and also this\"}");
        client.await("input_acknowledged");
        awaitHandled(client);
        java.nio.file.Files.createFile(gate);
        client.await("query_end");
        assertThat(of(client, "result_message")).hasSize(1);
        assertThat(api.requests()).hasSize(2);
        assertThat(api.requests().getLast().body().toString()).contains("and also this");
    }

    @Test
    void anInterruptStopsItAndTheNextQueryRuns() throws Exception {
        NativeClient client = connect(startReal());
        api.enqueue(FakeReply.text("Half ").waiting(open));
        sendQuery(client, "go");
        client.await("system_message");
        Awaitility.await().until(() -> api.requests().size() == 1);
        client.send("{\"type\":\"input\",\"text\":\"never mind\"}");
        send(client, "interrupt");
        client.await("query_cancelled");
        assertThat(types(client)).doesNotContain("result_message", "query_end", "error");
        sendQuery(client, "again");
        client.await("query_end");
        assertThat(of(client, "query_cancelled")).hasSize(1);
        assertThat(api.requests().getLast().lastUserText()).contains("again");
        open.countDown();
    }

    @Test
    void aConversationThatIsNowhereIsAnError() throws Exception {
        NativeClient client = connect(startReal());
        String nowhere = "11111111-2222-4333-8444-555555555555";
        sendQuery(client, "go on", Json.object().put("resume", nowhere));
        assertThat(errorOf(client.await("error")))
                .isEqualTo("No conversation found with session ID: " + nowhere);
    }

    @Test
    void theProcessEndsWithinSixSecondsAfterADisconnect() {
        FakeClaude fake =
                FakeClaude.in(folder.resolve("fake"))
                        .ignoringEverything()
                        .turn(t -> t.text("One moment").hang())
                        .install();
        var cli = closing(new ClaudeCli(CliSettings.defaults().withExecutable(fake.executable())));
        RunningServer server = start(c -> c, cli);
        NativeClient client = connect(server);
        sendQuery(client, "hello");
        client.await("assistant_message");
        List<Long> pids = fake.pids();
        assertThat(pids).isNotEmpty().allMatch(EnhancedCliJourneyTest::lives);
        client.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(6))
                .until(() -> pids.stream().noneMatch(EnhancedCliJourneyTest::lives));
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static List<String> texts(NativeClient client) {
        return of(client, "assistant_message").stream()
                .map(f -> f.at("/data/content/0/text").asText())
                .toList();
    }
}
