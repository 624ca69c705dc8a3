package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What happens around the calls of a turn: prompts that arrive in mid-turn, interrupts, calls that
/// run at the same time, modes, commands, subagents.
@Timeout(300)
class TurnsDifferentialTest {
    @TempDir Path temp;
    private @Nullable AgentComparison agents;
    private final CountDownLatch later = new CountDownLatch(1);

    @BeforeEach
    void begin() throws Exception {
        agents = new AgentComparison(temp);
    }

    @AfterEach
    void end() {
        later.countDown();
        if (agents != null) {
            agents.close();
        }
    }

    @Test
    void callsOfOneAnswer() throws Exception {
        compare(
                List.of(
                        FakeReply.text("Two things.")
                                .andToolUse("Bash", command("echo a"))
                                .andToolUse("Bash", command("echo a")),
                        FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void interruptAtAnAsk() throws Exception {
        compare(
                List.of(bash("touch x"), FakeReply.text("Next")),
                run -> {
                    run.send("go");
                    run.events.awaitAsk(1);
                    run.interrupt();
                    run.finish();
                    run.turn("again");
                });
    }

    @Test
    void interruptInACommand() throws Exception {
        compare(
                List.of(bash("touch x; sleep 100"), FakeReply.text("Next")),
                run -> {
                    run.send("go");
                    run.reply(run.events.awaitAsk(1), run.allowed(run.events.awaitAsk(1)));
                    run.awaitChild("sleep");
                    run.interrupt();
                    run.finish();
                    run.turn("again");
                });
    }

    @Test
    void aCommandThatIsTooSlow() throws Exception {
        ObjectNode input =
                Json.object()
                        .put("command", "bash -c 'sleep 100'")
                        .put("description", "Wait")
                        .put("timeout", 1_000);
        compare(
                List.of(FakeReply.toolUse("Bash", input.toString()), FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void brokenInput() throws Exception {
        compare(
                List.of(FakeReply.toolUse("Bash", "{\"command\": \"ec"), FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void modesAndModels() throws Exception {
        compare(
                List.of(bash("touch x"), FakeReply.text("Done"), FakeReply.text("Next")),
                run -> {
                    run.control(
                            Json.object()
                                    .put("subtype", "set_permission_mode")
                                    .put("mode", "acceptEdits"));
                    run.turn("go");
                    run.control(
                            Json.object()
                                    .put("subtype", "set_model")
                                    .put("model", "claude-sonnet-5"));
                    run.turn("again");
                });
    }

    @Test
    void aCommandOfTheProject() throws Exception {
        Objects.requireNonNull(agents)
                .compare(
                        folder -> {
                            Path commands =
                                    Files.createDirectories(folder.resolve(".claude/commands"));
                            Files.writeString(
                                    commands.resolve("greet.md"),
                                    "---\ndescription: Greets\n---\nSay hello to $ARGUMENTS.\n");
                        },
                        _ -> List.of(FakeReply.text("Hello, Ann.")),
                        run -> run.turn("/greet Ann"));
    }

    @Test
    void commandsWithoutTheModel() throws Exception {
        compare(
                List.of(FakeReply.text("One"), FakeReply.text("Two")),
                run -> {
                    run.turn("first");
                    run.turn("/cost");
                    run.turn("/context");
                    run.turn("second");
                });
    }

    @Test
    void aSubagent() throws Exception {
        ObjectNode task =
                Json.object()
                        .put("description", "Look around")
                        .put("prompt", "Look around and report.")
                        .put("subagent_type", "general-purpose")
                        .put("run_in_background", false);
        compare(
                List.of(
                        FakeReply.toolUse("Agent", task.toString()),
                        bash("echo here"),
                        FakeReply.text("All is well."),
                        FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void anAnswerThatIsTooLong() throws Exception {
        compare(
                List.of(
                        FakeReply.text("Half of ").stopping("max_tokens"),
                        FakeReply.text("it, and the rest.")),
                run -> run.turn("go"));
    }

    @Test
    void aRefusal() throws Exception {
        compare(
                List.of(FakeReply.text("No").stopping("refusal"), FakeReply.text("Next")),
                run -> {
                    run.turn("go");
                    run.turn("again");
                });
    }

    @Test
    void anEmptyAnswer() throws Exception {
        compare(
                List.of(FakeReply.text(""), FakeReply.text("Next")),
                run -> {
                    run.turn("go");
                    run.turn("again");
                });
    }

    private void compare(List<FakeReply> model, AgentComparison.Scenario scenario)
            throws Exception {
        Objects.requireNonNull(agents).compare(model, scenario);
    }

    private static FakeReply bash(String command) {
        return FakeReply.toolUse("Bash", command(command));
    }

    private static String command(String command) {
        return Json.object().put("command", command).put("description", "Do it").toString();
    }
}
