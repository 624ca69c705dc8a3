package dev.oriel.agent.api.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.hook.Hooks.HookVerdict;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookEngineProcessTest {
    /// A command that would run for long, recognizable among all processes of the machine.
    private static final String LONG = "sleep " + (100_000 + new Random().nextInt(800_000));

    @TempDir Path temp;
    private final UUID session = UUID.randomUUID();
    private final List<ObjectNode> emitted = new CopyOnWriteArrayList<>();
    private final CancelScope cancel = new CancelScope();
    private final ObjectNode hooks = Json.object();
    private Path folder;
    private ClientRequestHandler clients = ClientRequestHandler.NONE;

    @BeforeEach
    void create() throws IOException {
        assumeTrue(OperatingSystem.current() != OperatingSystem.WINDOWS, "the hooks are for sh");
        folder = Files.createDirectories(temp.resolve("project"));
        Files.createDirectories(temp.resolve(".claude"));
    }

    private void hook(String event, String command) {
        hook(event, command, 0);
    }

    private void hook(String event, String command, double timeout) {
        ObjectNode hook = hooks.withArray(event).addObject().putArray("hooks").addObject();
        hook.put("type", "command").put("command", command);
        if (timeout > 0) {
            hook.put("timeout", timeout);
        }
    }

    private HookEngine engine() throws IOException {
        Files.writeString(
                temp.resolve(".claude/settings.json"),
                Json.object().set("hooks", hooks).toString());
        return new HookEngine(
                new HookEngine.Place(
                        session, folder, temp, true, () -> "default", () -> "high", clients),
                emitted::add);
    }

    private static ToolRequest bash() {
        return new ToolRequest("toolu_1", "Bash", Json.object().put("command", "ls"));
    }

    private HookVerdict beforeTool() throws IOException {
        return engine().beforeTool(bash(), cancel);
    }

    /// Whether a process runs whose command line contains a text.
    private static boolean isRunning(String text) {
        return ProcessHandle.allProcesses()
                .anyMatch(p -> p.info().commandLine().orElse("").contains(text));
    }

    private static void awaitEnd(String text) {
        Awaitility.await().untilAsserted(() -> assertThat(isRunning(text)).isFalse());
    }

    @Test
    void aHookReceivesWhatHappens() throws Exception {
        hook("PreToolUse", "cat > in.json; echo \"$CLAUDE_PROJECT_DIR\" > dir");

        assertThat(beforeTool()).isEqualTo(HookVerdict.NONE);

        JsonNode input = Json.mapper().readTree(folder.resolve("in.json").toFile());
        assertThat(input.path("session_id").asText()).isEqualTo(session.toString());
        assertThat(input.path("cwd").asText()).isEqualTo(folder.toString());
        assertThat(input.path("hook_event_name").asText()).isEqualTo("PreToolUse");
        assertThat(input.path("permission_mode").asText()).isEqualTo("default");
        assertThat(input.at("/effort/level").asText()).isEqualTo("high");
        assertThat(input.path("tool_name").asText()).isEqualTo("Bash");
        assertThat(input.at("/tool_input/command").asText()).isEqualTo("ls");
        assertThat(input.path("tool_use_id").asText()).isEqualTo("toolu_1");
        assertThat(folder.resolve("dir")).hasContent(folder.toString());
    }

    @Test
    void theHooksOfASubagentNameItAndItsEndIsAnEventOfItsOwn() throws Exception {
        hook("PreToolUse", "cat > in.json");
        hook("Stop", "touch stop");
        hook("SubagentStop", "cat > end.json; echo go on >&2; exit 2");
        Hooks engine = engine().ofSubagent("a1", "Explore");

        engine.beforeTool(bash(), cancel);
        HookVerdict end = engine.onStop("Found it", false, cancel);

        JsonNode input = Json.mapper().readTree(folder.resolve("in.json").toFile());
        assertThat(input.path("agent_id").asText()).isEqualTo("a1");
        assertThat(input.path("agent_type").asText()).isEqualTo("Explore");
        assertThat(end.block()).startsWith("SubagentStop hook feedback:").endsWith("go on");
        assertThat(folder.resolve("stop")).doesNotExist();
        assertThat(folder.resolve("end.json")).content().contains("Found it", "\"a1\"");
    }

    @Test
    void theResultOfAToolIsPassedOn() throws Exception {
        hook("PostToolUse", "cat > in.json");
        ObjectNode result = Json.object().put("tool_response", "out").put("duration_ms", 3);

        engine().afterTool(bash(), result, cancel);

        JsonNode input = Json.mapper().readTree(folder.resolve("in.json").toFile());
        assertThat(input.path("tool_response").asText()).isEqualTo("out");
        assertThat(input.path("duration_ms").asInt()).isEqualTo(3);
    }

    @Test
    void aHookIsShownBeforeAndAfter() throws Exception {
        hook("PreToolUse", "echo out; echo err >&2; exit 3");

        HookVerdict verdict = beforeTool();

        assertThat(verdict.block()).isNull();
        assertThat(verdict.notices())
                .containsExactly("A hook of PreToolUse:Bash failed with code 3: err");
        assertThat(emitted)
                .extracting(m -> m.path("subtype").asText())
                .containsExactly("hook_started", "hook_response");
        ObjectNode response = emitted.getLast();
        assertThat(response.path("hook_name").asText()).isEqualTo("PreToolUse:Bash");
        assertThat(response.path("stdout").asText()).isEqualTo("out\n");
        assertThat(response.path("stderr").asText()).isEqualTo("err\n");
        assertThat(response.path("exit_code").asInt()).isEqualTo(3);
        assertThat(response.path("outcome").asText()).isEqualTo("error");
        assertThat(response.path("hook_id")).isEqualTo(emitted.getFirst().path("hook_id"));
    }

    @Test
    void codeTwoBlocks() throws Exception {
        hook("PreToolUse", "echo no way >&2; exit 2");
        hook("Stop", "echo not done >&2; exit 2");
        hook("PostToolUse", "echo bad >&2; exit 2");
        hook("UserPromptSubmit", "echo nothing like that >&2; exit 2");

        HookEngine engine = engine();
        assertThat(engine.beforeTool(bash(), cancel).block())
                .isEqualTo("PreToolUse:Bash hook error: [echo no way >&2; exit 2]: no way");
        assertThat(engine.afterTool(bash(), Json.object(), cancel).block())
                .contains("PostToolUse:Bash hook blocking error", "bad");
        assertThat(engine.onStop("done", false, cancel).block()).contains("not done");
        assertThat(engine.onPrompt("x", cancel).block()).isEqualTo("nothing like that");
    }

    @Test
    void textOfAPromptsHookIsContext() throws Exception {
        hook("UserPromptSubmit", "echo extra context");

        assertThat(engine().onPrompt("x", cancel).context())
                .containsExactly(
                        "<system-reminder>\nUserPromptSubmit hook success: extra context\n"
                                + "</system-reminder>");
    }

    @Test
    void jsonSaysMore() throws Exception {
        hook(
                "PreToolUse",
                """
                echo '{"systemMessage":"look","hookSpecificOutput":{"permissionDecision":"allow",\
                "updatedInput":{"command":"pwd"},"additionalContext":"more"}}'\
                """);
        HookVerdict verdict = beforeTool();

        assertThat(verdict.isAllowed()).isTrue();
        assertThat(verdict.input()).isEqualTo(Json.object().put("command", "pwd"));
        assertThat(verdict.notices()).containsExactly("look");
        assertThat(verdict.context()).hasSize(1).first().asString().contains("more");
    }

    @Test
    void theStrictestHookCounts() throws Exception {
        hook("PreToolUse", "echo '{\"hookSpecificOutput\":{\"permissionDecision\":\"allow\"}}'");
        hook("PreToolUse", "echo '{\"hookSpecificOutput\":{\"permissionDecision\":\"ask\"}}'");
        assertThat(beforeTool().isAllowed()).isFalse();
        assertThat(beforeTool().isAsking()).isTrue();

        hook(
                "PreToolUse",
                "echo '{\"hookSpecificOutput\":{\"permissionDecision\":\"deny\","
                        + "\"permissionDecisionReason\":\"because\"}}'");
        assertThat(beforeTool().block()).contains("because");
    }

    @Test
    void aHookCanEndTheTurn() throws Exception {
        hook("PostToolUse", "echo '{\"continue\":false,\"stopReason\":\"enough\"}'");

        assertThat(engine().afterTool(bash(), Json.object(), cancel).stop()).isEqualTo("enough");
    }

    @Test
    void invalidJsonIsReported() throws Exception {
        hook("PreToolUse", "echo '{\"decision\": block'");

        assertThat(beforeTool().notices()).hasSize(1).first().asString().contains("JSON");
        assertThat(beforeTool().block()).isNull();
    }

    @Test
    void aHookThatHangsIsEnded() throws Exception {
        hook("PreToolUse", "trap '' TERM; " + LONG + " & " + LONG + "; " + LONG, 0.3);

        assertThat(beforeTool().notices()).hasSize(1).first().asString().contains("was ended");
        awaitEnd(LONG);
    }

    @Test
    void whatAHookLeavesBehindWithItsOutputOpenIsEnded() throws Exception {
        hook("PreToolUse", "(" + LONG + " &) ; echo '{\"decision\":\"block\",\"reason\":\"r\"}'");

        assertThat(beforeTool().block()).contains("r");
        awaitEnd(LONG);
    }

    @Test
    void cancellingEndsTheWholeTree() throws Exception {
        hook("PreToolUse", "touch started; (setsid " + LONG + " &); " + LONG);
        HookEngine engine = engine();
        CompletableFuture<HookVerdict> running =
                CompletableFuture.supplyAsync(() -> engine.beforeTool(bash(), cancel));
        Awaitility.await().until(() -> Files.exists(folder.resolve("started")));
        Awaitility.await().until(() -> isRunning(LONG));

        cancel.cancel();

        assertThatThrownBy(running::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancellationException.class);
        awaitEnd(LONG);
        assertThat(emitted.getLast().path("outcome").asText()).isEqualTo("cancelled");
    }

    @Test
    void largeOutputIsBounded() throws Exception {
        hook("UserPromptSubmit", "head -c 10000000 /dev/zero | tr '\\0' x");
        hook("UserPromptSubmit", "head -c 10000000 /dev/zero | tr '\\0' y >&2; exit 2");

        HookVerdict verdict = engine().onPrompt("p", cancel);

        assertThat(verdict.context().getFirst()).hasSizeLessThan(40_000);
        assertThat(verdict.block()).hasSizeLessThan(40_000);
        assertThat(emitted.getLast().path("output").asText()).hasSizeLessThan(25_000);
    }

    @Test
    void aHookNeedNotReadItsInput() throws Exception {
        hook("UserPromptSubmit", "exec <&-; echo ok");

        assertThat(engine().onPrompt("x".repeat(2_000_000), cancel).context()).hasSize(1);
    }

    @Test
    void noKeyIsInItsEnvironment() throws Exception {
        hook("PreToolUse", "env > env.txt");
        beforeTool();

        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("env.txt"))) {
            names.add(line.replaceFirst("=.*", ""));
        }
        assertThat(names).contains("PATH", "CLAUDE_PROJECT_DIR");
        assertThat(names).noneMatch(n -> n.startsWith("ANTHROPIC_") || n.startsWith("ORIEL_TEST"));
    }

    @Test
    void aFolderThatIsGoneIsReported() throws Exception {
        hook("PreToolUse", "true");
        HookEngine engine = engine();
        Files.delete(folder);

        assertThat(engine.beforeTool(bash(), cancel).notices()).hasSize(1);
        assertThat(emitted.getLast().path("outcome").asText()).isEqualTo("error");
    }

    @Test
    void hooksOfOneEventRunTogether() throws Exception {
        // Each waits for the other.
        hook("PreToolUse", "touch a; while [ ! -e b ]; do sleep 0.02; done", 60);
        hook("PreToolUse", "touch b; while [ ! -e a ]; do sleep 0.02; done", 60);

        assertThat(beforeTool().notices()).isEmpty();
    }

    @Test
    void settingsThatChangeCountForTheNextAgent() throws Exception {
        HookEngine before = engine();
        before.beforeTool(bash(), cancel);
        hook("PreToolUse", "touch ran");
        engine();

        before.beforeTool(bash(), cancel);
        assertThat(folder.resolve("ran")).doesNotExist();
    }
}
