package dev.oriel.app.asks;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static dev.oriel.testing.claude.RealClaudeServer.bash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskDetail;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaudeServer;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.manual.ManualScheduler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Asks of the real CLI as the window's model shows them, and the effect of the replies on the CLI.
/// All in one session of one process.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsksRealCliJourneyTest {
    private static final Pattern PLAN_FILE =
            Pattern.compile("(/[^\\s\"\\\\`]*/plans/[^\\s\"\\\\`]+\\.md)");

    private final ManualScheduler time = new ManualScheduler();
    private final List<String> words = new ArrayList<>();
    private final AsksViewModel asks =
            new AsksViewModel(time, words::add, AskDrafts.inMemory(), _ -> {});

    @SuppressWarnings("NullAway.Init") // started before the first test
    private RealClaudeServer server;

    @SuppressWarnings("NullAway.Init")
    private NativeClient client;

    @SuppressWarnings("NullAway.Init")
    private Path outside;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = RealClaudeServer.in(folder, c -> c, Map.of());
        client = server.server().subscribe(server.session(), 0L);
        outside = Files.createDirectories(folder.resolve("outside"));
        asks.attach("session", this::sent);
    }

    @AfterAll
    void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /// Each test starts with an idle session, however the one before it ended.
    @AfterEach
    void rest() {
        server.api().clearQueue();
        server.api().replyTo(_ -> FakeReply.text("Done."));
        if (asks.shown().get() != null) {
            client.sendRequest("interrupt", Map.of("cancel_queued", true));
            asks.attach("session", this::sent);
        }
        client.awaitState("idle");
    }

    private boolean sent(Message answer) {
        client.send(new String(answer.bytes(), StandardCharsets.UTF_8));
        return true;
    }

    /// Waits for an ask and shows it.
    private Ask shown() {
        Message message = Message.of((ObjectNode) server.awaitAsk(client));
        asks.receive(message, false);
        time.advance(AsksViewModel.ARMING);
        Ask ask = asks.shown().get();
        assertThat(ask).isNotNull();
        assertThat(ask.requestId()).isEqualTo(message.requestId());
        return ask;
    }

    private UUID runs(String... commands) {
        for (String command : commands) {
            server.api().enqueue(FakeReply.toolUse("Bash", bash(command)));
        }
        server.api().enqueue(FakeReply.text("Done."));
        return client.sendPrompt("Go");
    }

    private String toldAtLast() {
        return server.api().requests().getLast().lastUserText();
    }

    private void mode(String mode) {
        client.sendRequest("set_permission_mode", Map.of("mode", mode));
        client.await(_ -> mode.equals(modeNow()), "the mode " + mode);
    }

    private String modeNow() {
        return client.frames().reversed().stream()
                .map(f -> f.at("/session/permission_mode").asText())
                .filter(m -> !m.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Test
    void aPlanCanBeAllowedOnceItIsShownWhereverTheCliStoresIt() {
        mode("plan");
        server.api().enqueue(FakeReply.toolUse("ExitPlanMode", "{}"), FakeReply.text("Done."));
        UUID blind = client.sendPrompt("Just do it");
        Ask without = shown();
        assertThat(without.canBeAllowed()).isFalse();
        asks.allow();
        assertThat(asks.shown().get()).isSameAs(without);
        asks.deny();
        assertThat(awaitResult(client, blind).path("permission_denials")).hasSize(1);

        server.api().replyTo(AsksRealCliJourneyTest::planned);
        UUID prompt = client.sendPrompt("Plan it");
        assertThat(shown().kind())
                .isInstanceOfSatisfying(
                        Ask.Kind.Plan.class,
                        plan -> assertThat(plan.text()).isEqualTo("# Paint\n\n- the door"));
        asks.allow();
        awaitResult(client, prompt);
        assertThat(toldAtLast()).contains("approved");
        mode("default");
    }

    /// Writes the file that the CLI names, then asks for approval without the text of the plan.
    private static FakeReply planned(FakeMessagesApi.Request request) {
        String last = request.lastUserText();
        if (!last.contains("tool_result")) {
            Matcher file = PLAN_FILE.matcher(request.body().toString());
            assertThat(file.find()).isTrue();
            ObjectNode input = Json.object().put("file_path", file.group(1));
            return FakeReply.toolUse(
                    "Write", input.put("content", "# Paint\n\n- the door").toString());
        }
        return last.contains("approved")
                ? FakeReply.text("Done.")
                : FakeReply.toolUse("ExitPlanMode", "{}");
    }

    @Test
    void aLongCommandIsShownWholeAndItsEndMustBeSeen() {
        String command =
                IntStream.rangeClosed(1, 119)
                                .mapToObj(i -> "make line" + i)
                                .collect(Collectors.joining("\n"))
                        + "\nrm -rf build";
        UUID prompt = runs(command);
        Ask ask = shown();
        List<AskDetail.Line> lines = AskDetail.of(ask).lines();
        assertThat(lines).hasSize(120);
        assertThat(lines.getLast().text()).isEqualTo("rm -rf build");
        List<String> jumps = new ArrayList<>();
        asks.requireEndSeen(() -> jumps.add("end"));
        asks.allow();
        assertThat(jumps).hasSize(1);
        assertThat(asks.shown().get()).isSameAs(ask);
        asks.deny();
        awaitResult(client, prompt);
    }

    @Test
    void allowAlwaysCoversTheShownRuleOnly() {
        UUID prompt = runs("make paint_door", "make paint_door", "make paint_wall");
        Ask first = shown();
        assertThat(first.rule()).isEqualTo(new Ask.Rule("Bash", "make paint_door"));
        asks.allowAlways();
        Ask second = shown();
        assertThat(second.input().path("command").asText()).isEqualTo("make paint_wall");
        asks.deny();
        assertThat(awaitResult(client, prompt).path("permission_denials")).hasSize(1);
    }

    @Test
    void filesAreReportedInsideOrOutsideTheFolderCorrectly() throws Exception {
        UUID prompt =
                runs(
                        "touch " + server.project() + "/in",
                        "touch made",
                        "touch " + outside + "/out");
        for (int i = 0; i < 2; i++) {
            assertThat(where(shown())).isNotEqualTo(Ask.Where.OUTSIDE);
            asks.deny();
        }
        assertThat(where(shown())).isNotEqualTo(Ask.Where.INSIDE);
        asks.deny();
        awaitResult(client, prompt);
    }

    private static Ask.Where where(Ask ask) {
        Ask.AskedPath place = ask.askedPath();
        return place == null ? Ask.Where.UNKNOWN : place.where();
    }

    @Test
    void escapeDeniesTheAskAndTheQueueContinuesAfterTheTurn() {
        UUID prompt = runs("make nothing");
        Ask ask = shown();
        UUID next = client.sendPrompt("And then?");
        asks.dismiss();
        assertThat(asks.shown().get()).isNotSameAs(ask);
        JsonNode first = awaitResult(client, prompt);
        assertThat(first.path("is_error").asBoolean()).isFalse();
        awaitResult(client, next);
        assertThat(toldAtLast()).contains("And then?");
    }

    @Test
    void stoppingAtAnAskHoldsTheQueueUntilTheUserContinues() {
        runs("make nothing at all");
        Ask ask = shown();
        UUID next = client.sendPrompt("Only when I say so");
        client.await(f -> lifecycle(f, next, "queued"), "the prompt in the queue");
        client.sendRequest("interrupt", Map.of("hold_queue", true));
        asks.receive(
                Message.of(
                        (ObjectNode)
                                client.await(
                                        f ->
                                                f.path("type")
                                                                .asText()
                                                                .equals("control_cancel_request")
                                                        && f.path("request_id")
                                                                .asText()
                                                                .equals(ask.requestId()),
                                        "the withdrawal")),
                true);
        assertThat(asks.shown().get()).isNull();
        client.awaitState("idle");
        assertThat(client.frames()).noneMatch(f -> lifecycle(f, next, "started"));
        client.sendRequest("oriel_run_queue", Map.of());
        awaitResult(client, next);
    }

    private static boolean lifecycle(JsonNode frame, UUID prompt, String state) {
        return frame.path("command_uuid").asText().equals(prompt.toString())
                && frame.path("state").asText().equals(state);
    }
}
