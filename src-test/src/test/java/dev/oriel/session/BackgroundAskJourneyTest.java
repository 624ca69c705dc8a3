package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.message.Json;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A background subagent of the real CLI asks after the turn that started it has finished.
@Timeout(120)
class BackgroundAskJourneyTest {
    @TempDir Path folder;
    private final CountDownLatch turnIsOver = new CountDownLatch(1);
    private FakeMessagesApi api;
    private ClaudeCli cli;
    private RunningServer server;
    private RealClaude real;

    @BeforeEach
    void begin() throws Exception {
        real = RealClaude.orSkip(folder.resolve("home"));
        api = FakeMessagesApi.start();
        cli = new ClaudeCli(real.settings(), real.machine(api));
        server = RunningServer.in(folder, ServerSetUp.policy(SessionPolicy.defaults()), cli);
    }

    @AfterEach
    void end() {
        turnIsOver.countDown();
        Stream.of(server, cli, api)
                .filter(java.util.Objects::nonNull)
                .forEach(BackgroundAskJourneyTest::close);
    }

    private void needsAsksThatOutliveTheTurn() throws Exception {
        real.requireVersion(
                "2.1.197",
                "older versions hold the result back until their tasks have ended, and deny what"
                        + " these ask");
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private FakeReply reply(FakeMessagesApi.Request request, Path made) {
        String said = request.lastUserText();
        if (said.contains("tool_result") || said.contains("task-notification")) {
            return FakeReply.text("Done.");
        } else if (said.contains("TIDY-UP")) {
            String input =
                    Json.object()
                            .put("command", "touch " + made)
                            .put("description", "x")
                            .toString();
            return FakeReply.toolUse("Bash", input).waiting(turnIsOver);
        } else if (said.contains("BEGIN")) {
            return FakeReply.toolUse(
                    "Task",
                    "{\"description\":\"tidy\",\"prompt\":\"TIDY-UP\","
                            + "\"subagent_type\":\"general-purpose\",\"run_in_background\":true}");
        }
        return FakeReply.text("Hello.");
    }

    private static long results(NativeClient client) {
        return client.journaled().stream()
                .filter(f -> f.path("type").asText().equals("result"))
                .count();
    }

    @Test
    void aBackgroundAskStaysOpenWhileAPromptRunsAndItsReplyReachesTheSubagent() throws Exception {
        needsAsksThatOutliveTheTurn();
        UUID session = server.newSession();
        Path made = folder.resolve("made-by-subagent");
        api.replyTo(request -> reply(request, made));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("BEGIN");
            client.await("result");
            turnIsOver.countDown();
            JsonNode ask = client.await("control_request");
            client.sendPrompt("And hello");
            client.await(f -> results(client) >= 2, "the second result");
            assertThat(made).doesNotExist();
            client.sendDecision(
                    ask.path("request_id").asText(),
                    Json.object()
                            .put("behavior", "allow")
                            .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                    "updatedInput", ask.at("/request/input"))
                            .toString());
            Awaitility.await().atMost(Patience.LIMIT).until(() -> Files.exists(made));
            client.await(f -> results(client) >= 3, "the result of the notification");
            client.awaitState("idle");
        }
    }

    @Test
    void anAskStaysOpenWhenItsTurnFinishes() throws Exception {
        needsAsksThatOutliveTheTurn();
        UUID session = server.newSession();
        Path made = folder.resolve("made-by-subagent");
        CountDownLatch asked = new CountDownLatch(1);
        turnIsOver.countDown();
        api.replyTo(request -> {
            FakeReply reply = reply(request, made);
            String said = request.lastUserText();
            return said.contains("tool_result") && !said.contains("touch")
                    ? FakeReply.text("It is ").waiting(asked).andText("begun.")
                    : reply;
        });
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("BEGIN");
            JsonNode ask = client.await("control_request");
            asked.countDown();
            client.await("result");
            assertThat(client.frames())
                    .noneMatch(f -> f.path("type").asText().equals("control_cancel_request"));
            client.sendDecision(ask.path("request_id").asText(), "{\"behavior\":\"allow\"}");
            Awaitility.await().atMost(Patience.LIMIT).until(() -> Files.exists(made));
            client.await(f -> results(client) >= 2, "the result of the notification");
            client.awaitState("idle");
        } finally {
            asked.countDown();
        }
    }
}
