package dev.oriel.app.asks;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static dev.oriel.testing.claude.RealClaudeServer.bash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskDetail;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    @SuppressWarnings("NullAway.Init") // started before the first test
    private RealCliAsks cli;

    @SuppressWarnings("NullAway.Init")
    private Path outside;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cli = RealCliAsks.start(folder);
        outside = Files.createDirectories(folder.resolve("outside"));
    }

    @AfterAll
    void stop() {
        if (cli != null) {
            cli.close();
        }
    }

    /// Each test starts with an idle session, however the one before it ended.
    @AfterEach
    void rest() {
        cli.api().clearQueue();
        cli.api().replyTo(_ -> FakeReply.text("Done."));
        if (cli.model().shown().get() != null) {
            cli.client().sendRequest("interrupt", Map.of("cancel_queued", true));
            cli.attach();
        }
        cli.client().awaitState("idle");
    }

    private UUID runs(String... commands) {
        for (String command : commands) {
            cli.api().enqueue(FakeReply.toolUse("Bash", bash(command)));
        }
        cli.api().enqueue(FakeReply.text("Done."));
        return cli.client().sendPrompt("Go");
    }

    private String toldAtLast() {
        return cli.api().requests().getLast().lastUserText();
    }

    @Test
    void aPlanCanBeAllowedOnceItIsShownWhereverTheCliStoresIt() {
        cli.setMode("plan");
        cli.api().enqueue(FakeReply.toolUse("ExitPlanMode", "{}"), FakeReply.text("Done."));
        UUID blind = cli.client().sendPrompt("Just do it");
        Ask without = cli.awaitShown();
        assertThat(without.canBeAllowed()).isFalse();
        cli.model().allow();
        assertThat(cli.model().shown().get()).isSameAs(without);
        cli.model().deny();
        assertThat(awaitResult(cli.client(), blind).path("permission_denials")).hasSize(1);

        cli.api().replyTo(RealCliAsks::planned);
        UUID prompt = cli.client().sendPrompt("Plan it");
        assertThat(cli.awaitShown().kind())
                .isInstanceOfSatisfying(
                        Ask.Kind.Plan.class,
                        plan -> assertThat(plan.text()).isEqualTo("# Paint\n\n- the door"));
        cli.model().allow();
        awaitResult(cli.client(), prompt);
        assertThat(toldAtLast()).contains("approved");
        cli.setMode("default");
    }

    @Test
    void aLongCommandIsShownWholeAndItsEndMustBeSeen() {
        String command =
                IntStream.rangeClosed(1, 119)
                                .mapToObj(i -> "make line" + i)
                                .collect(Collectors.joining("\n"))
                        + "\nrm -rf build";
        UUID prompt = runs(command);
        Ask ask = cli.awaitShown();
        List<AskDetail.Line> lines = AskDetail.of(ask).lines();
        assertThat(lines).hasSize(120);
        assertThat(lines.getLast().text()).isEqualTo("rm -rf build");
        List<String> jumps = new ArrayList<>();
        cli.model().requireEndSeen(() -> jumps.add("end"));
        cli.model().allow();
        assertThat(jumps).hasSize(1);
        assertThat(cli.model().shown().get()).isSameAs(ask);
        cli.model().deny();
        awaitResult(cli.client(), prompt);
    }

    @Test
    void allowAlwaysCoversTheShownRuleOnly() {
        UUID prompt = runs("make paint_door", "make paint_door", "make paint_wall");
        Ask first = cli.awaitShown();
        assertThat(first.rule()).isEqualTo(new Ask.Rule("Bash", "make paint_door"));
        cli.model().allowAlways();
        Ask second = cli.awaitShown();
        assertThat(second.input().path("command").asText()).isEqualTo("make paint_wall");
        cli.model().deny();
        assertThat(awaitResult(cli.client(), prompt).path("permission_denials")).hasSize(1);
    }

    @Test
    void filesAreReportedInsideOrOutsideTheFolderCorrectly() throws Exception {
        UUID prompt =
                runs(
                        "touch " + cli.server().project() + "/in",
                        "touch made",
                        "touch " + outside + "/out");
        for (int i = 0; i < 2; i++) {
            assertThat(where(cli.awaitShown())).isNotEqualTo(Ask.Where.OUTSIDE);
            cli.model().deny();
        }
        assertThat(where(cli.awaitShown())).isNotEqualTo(Ask.Where.INSIDE);
        cli.model().deny();
        awaitResult(cli.client(), prompt);
    }

    private static Ask.Where where(Ask ask) {
        Ask.AskedPath place = ask.askedPath();
        return place == null ? Ask.Where.UNKNOWN : place.where();
    }

    @Test
    void escapeDeniesTheAskAndTheQueueContinuesAfterTheTurn() {
        UUID prompt = runs("make nothing");
        Ask ask = cli.awaitShown();
        UUID next = cli.client().sendPrompt("And then?");
        cli.model().dismiss();
        assertThat(cli.model().shown().get()).isNotSameAs(ask);
        JsonNode first = awaitResult(cli.client(), prompt);
        assertThat(first.path("is_error").asBoolean()).isFalse();
        awaitResult(cli.client(), next);
        assertThat(toldAtLast()).contains("And then?");
    }

    @Test
    void stoppingAtAnAskHoldsTheQueueUntilTheUserContinues() {
        runs("make nothing at all");
        Ask ask = cli.awaitShown();
        UUID next = cli.client().sendPrompt("Only when I say so");
        cli.client().await(f -> lifecycle(f, next, "queued"), "the prompt in the queue");
        cli.client().sendRequest("interrupt", Map.of("hold_queue", true));
        JsonNode withdrawal =
                cli.client()
                        .await(
                                f ->
                                        f.path("type").asText().equals("control_cancel_request")
                                                && f.path("request_id")
                                                        .asText()
                                                        .equals(ask.requestId()),
                                "the withdrawal");
        cli.model().receive(Message.of((ObjectNode) withdrawal), true);
        assertThat(cli.model().shown().get()).isNull();
        cli.client().awaitState("idle");
        assertThat(cli.client().frames()).noneMatch(f -> lifecycle(f, next, "started"));
        cli.client().sendRequest("oriel_run_queue", Map.of());
        awaitResult(cli.client(), next);
    }

    private static boolean lifecycle(JsonNode frame, UUID prompt, String state) {
        return frame.path("command_uuid").asText().equals(prompt.toString())
                && frame.path("state").asText().equals(state);
    }
}
