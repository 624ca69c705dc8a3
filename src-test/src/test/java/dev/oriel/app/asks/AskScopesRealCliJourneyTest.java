package dev.oriel.app.asks;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static dev.oriel.testing.claude.RealClaudeServer.bash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.scope.AllowChoice;
import dev.oriel.app.asks.scope.RuleScope;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
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
    @SuppressWarnings("NullAway.Init") // started before the test
    private RealCliAsks cli;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cli = RealCliAsks.start(folder);
    }

    @AfterEach
    void stop() {
        if (cli != null) {
            cli.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RuleScope.class,
            names = {"LOCAL", "PROJECT", "USER"})
    void aRuleIsSavedAsItIsShownInTheFileThatIsNamed(RuleScope scope) throws Exception {
        String command = "make paint_" + scope.name().toLowerCase(Locale.ROOT);
        cli.api()
                .enqueue(FakeReply.toolUse("Bash", bash(command + " 'a(b)'")))
                .enqueue(FakeReply.text("Done."));
        UUID prompt = cli.client().sendPrompt("Go");
        Ask ask = cli.awaitShown();
        AllowChoice choice =
                ask.choices().stream().filter(c -> c.scope() == scope).findFirst().orElseThrow();
        cli.model().allow(ask, choice);
        awaitResult(cli.client(), prompt);
        Path file =
                scope == RuleScope.USER
                        ? cli.server().home().resolve(choice.scope().file().substring(2))
                        : cli.server().project().resolve(choice.scope().file());
        JsonNode saved = Json.mapper().readTree(Files.readString(file));
        assertThat(saved.at("/permissions/allow"))
                .extracting(JsonNode::asText)
                .containsAll(choice.saved());
    }

    @Test
    void anEditedCommandRunsInstead() {
        cli.api()
                .enqueue(FakeReply.toolUse("Bash", bash("make one && echo one")))
                .enqueue(FakeReply.text("Done."));
        UUID prompt = cli.client().sendPrompt("Go");
        Ask ask = cli.awaitShown();
        cli.model().draft(ask).setChange(0, "echo edited-by-user");
        cli.model().allow();
        awaitResult(cli.client(), prompt);
        assertThat(cli.api().requests().getLast().lastUserText()).contains("edited-by-user");
    }

    @Test
    void anApprovedPlanGoesOnInTheChosenModeAndARevisedOneWithTheComments() {
        cli.setMode("plan");
        cli.api().replyTo(RealCliAsks::planned);
        UUID revised = cli.client().sendPrompt("Plan it again");
        Ask first = cli.awaitShown();
        cli.model().draft(first).addComment(new PlanComment("- the door", "Paint it blue."));
        cli.api().replyTo(_ -> FakeReply.text("Done."));
        cli.model().deny();
        awaitResult(cli.client(), revised);
        assertThat(cli.api().requests().getLast().lastUserText())
                .contains("> - the door")
                .contains("Paint it blue.");

        cli.api().replyTo(RealCliAsks::planned);
        UUID prompt = cli.client().sendPrompt("Plan it a third time");
        Ask ask = cli.awaitShown();
        cli.model().allow(ask, ask.choices().getFirst());
        awaitResult(cli.client(), prompt);
        cli.awaitMode("acceptEdits");
        cli.setMode("default");
    }
}
