package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
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

/// The CLI and the agent on the Messages API with the same model: their messages have the same
/// order and members, and their tools the same results. What differs on purpose is listed in
/// `differences.tsv`.
@Timeout(300)
class AgentDifferentialTest {
    @TempDir Path temp;
    private @Nullable AgentComparison agents;
    private final CountDownLatch never = new CountDownLatch(1);

    @BeforeEach
    void begin() throws Exception {
        agents = new AgentComparison(temp);
    }

    @AfterEach
    void end() {
        never.countDown();
        if (agents != null) {
            agents.close();
        }
    }

    @Test
    void textAndThinking() throws Exception {
        compare(
                List.of(FakeReply.thinking("Hm, ", "well.").andText("Yes, ", "it is.")),
                run -> run.turn("is it?"));
    }

    @Test
    void twoTurns() throws Exception {
        compare(
                List.of(FakeReply.text("One"), FakeReply.text("Two")),
                run -> {
                    run.turn("first");
                    run.turn("second");
                });
    }

    @Test
    void commandsThatSucceedAndFail() throws Exception {
        compare(
                List.of(
                        bash("echo hi; echo err >&2"),
                        bash("echo out; echo err >&2; exit 3"),
                        bash("true"),
                        FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void theFolderOfCommands() throws Exception {
        compare(
                List.of(
                        bash("mkdir sub; cd sub && pwd"),
                        bash("pwd"),
                        bash("cd / && pwd"),
                        bash("pwd"),
                        FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void callsWithFaults() throws Exception {
        compare(
                List.of(
                        FakeReply.toolUse("Nope", "{\"a\":1}"),
                        FakeReply.toolUse("Bash", "{}"),
                        FakeReply.toolUse("Bash", "{\"command\":7}"),
                        FakeReply.toolUse("Bash", "{\"command\":\"ls\",\"zz\":1}"),
                        FakeReply.toolUse("Bash", "{\"zz\":1,\"yy\":2}"),
                        FakeReply.text("Done")),
                run -> run.turn("go"));
    }

    @Test
    void aDeniedCall() throws Exception {
        compare(
                List.of(bash("touch x"), FakeReply.text("Done")),
                run -> {
                    run.send("go");
                    run.reply(
                            run.events.awaitAsk(1),
                            Json.object().put("behavior", "deny").put("message", "Not now."));
                    run.finish();
                });
    }

    @Test
    void aDenialThatInterrupts() throws Exception {
        compare(
                List.of(bash("touch x"), FakeReply.text("Next")),
                run -> {
                    run.send("go");
                    run.reply(
                            run.events.awaitAsk(1),
                            Json.object()
                                    .put("behavior", "deny")
                                    .put("message", "Not now.")
                                    .put("interrupt", true));
                    run.finish();
                    run.turn("again");
                });
    }

    @Test
    void aQuestionToTheUser() throws Exception {
        ObjectNode input = Json.object();
        ObjectNode question =
                input.putArray("questions")
                        .addObject()
                        .put("question", "Which one?")
                        .put("header", "Pick")
                        .put("multiSelect", false);
        question.putArray("options")
                .add(Json.object().put("label", "A").put("description", "a"))
                .add(Json.object().put("label", "B").put("description", "b"));
        compare(
                List.of(
                        FakeReply.toolUse("AskUserQuestion", input.toString()),
                        FakeReply.text("Done")),
                run -> {
                    run.send("go");
                    ObjectNode updated = input.deepCopy();
                    updated.putObject("answers").put("Which one?", "B");
                    ObjectNode decision = Json.object().put("behavior", "allow");
                    decision.set("updatedInput", updated);
                    run.reply(run.events.awaitAsk(1), decision);
                    run.finish();
                });
    }

    @Test
    void anInterruptInMidStream() throws Exception {
        compare(
                List.of(FakeReply.unfinished(never, "Once ", "upon"), FakeReply.text("Next")),
                run -> {
                    run.send("go");
                    run.events.awaitMessage(m -> m.tree().toString().contains("upon"));
                    run.interrupt();
                    run.finish();
                    run.turn("again");
                });
    }

    @Test
    void anErrorOfTheApi() throws Exception {
        compare(
                List.of(
                        FakeReply.failure(404, "not_found_error", "model: no-such-model"),
                        FakeReply.text("Next")),
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
        ObjectNode input = Json.object().put("command", command).put("description", "Do it");
        return FakeReply.toolUse("Bash", input.toString());
    }
}
