package dev.oriel.app.asks;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static dev.oriel.testing.claude.RealClaudeServer.bash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.scope.AllowChoice;
import dev.oriel.app.asks.scope.RuleScope;
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
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is allowed beyond one call, with the real `claude` CLI, which talks to a fake API.
@Timeout(120)
class AskScopesRealCliJourneyTest {
    private static final Pattern PLAN_FILE =
            Pattern.compile("(/[^\\s\"\\\\`]*/plans/[^\\s\"\\\\`]+\\.md)");

    private final ManualScheduler time = new ManualScheduler();
    private final AsksViewModel asks =
            new AsksViewModel(time, _ -> {}, AskDrafts.inMemory(), _ -> {});

    @SuppressWarnings("NullAway.Init") // started before the test
    private RealClaudeServer server;

    @SuppressWarnings("NullAway.Init")
    private NativeClient client;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = RealClaudeServer.in(folder, c -> c, Map.of());
        client = server.server().subscribe(server.session(), 0L);
        asks.attach("session", this::sent);
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private boolean sent(Message answer) {
        client.send(new String(answer.bytes(), StandardCharsets.UTF_8));
        return true;
    }

    /// Waits for an ask and shows it.
    private Ask shown() {
        asks.receive(Message.of((ObjectNode) server.awaitAsk(client)), false);
        time.advance(AsksViewModel.ARMING);
        Ask ask = asks.shown().get();
        assertThat(ask).isNotNull();
        return ask;
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

    @ParameterizedTest
    @EnumSource(
            value = RuleScope.class,
            names = {"LOCAL", "PROJECT", "USER"})
    void aRuleIsSavedAsItIsShownInTheFileThatIsNamed(RuleScope scope) throws Exception {
        String command = "make paint_" + scope.name().toLowerCase(Locale.ROOT);
        server.api()
                .enqueue(FakeReply.toolUse("Bash", bash(command + " 'a(b)'")))
                .enqueue(FakeReply.text("Done."));
        UUID prompt = client.sendPrompt("Go");
        Ask ask = shown();
        AllowChoice choice =
                ask.choices().stream().filter(c -> c.scope() == scope).findFirst().orElseThrow();
        asks.allow(ask, choice);
        awaitResult(client, prompt);
        Path file =
                scope == RuleScope.USER
                        ? server.home().resolve(choice.scope().file().substring(2))
                        : server.project().resolve(choice.scope().file());
        JsonNode saved = Json.mapper().readTree(Files.readString(file));
        assertThat(saved.at("/permissions/allow"))
                .extracting(JsonNode::asText)
                .containsAll(choice.saved());
    }

    @Test
    void anEditedCommandRunsInstead() {
        server.api()
                .enqueue(FakeReply.toolUse("Bash", bash("make one && echo one")))
                .enqueue(FakeReply.text("Done."));
        UUID prompt = client.sendPrompt("Go");
        Ask ask = shown();
        asks.draft(ask).setChange(0, "echo edited-by-user");
        asks.allow();
        awaitResult(client, prompt);
        assertThat(server.api().requests().getLast().lastUserText()).contains("edited-by-user");
    }

    @Test
    void anApprovedPlanGoesOnInTheChosenModeAndARevisedOneWithTheComments() {
        mode("plan");
        server.api().replyTo(AskScopesRealCliJourneyTest::planned);
        UUID revised = client.sendPrompt("Plan it again");
        Ask first = shown();
        asks.draft(first).addComment(new PlanComment("- the door", "Paint it blue."));
        server.api().replyTo(_ -> FakeReply.text("Done."));
        asks.deny();
        awaitResult(client, revised);
        assertThat(server.api().requests().getLast().lastUserText())
                .contains("> - the door")
                .contains("Paint it blue.");

        server.api().replyTo(AskScopesRealCliJourneyTest::planned);
        UUID prompt = client.sendPrompt("Plan it a third time");
        Ask ask = shown();
        asks.allow(ask, ask.choices().getFirst());
        awaitResult(client, prompt);
        client.await(_ -> "acceptEdits".equals(modeNow()), "the mode");
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
}
