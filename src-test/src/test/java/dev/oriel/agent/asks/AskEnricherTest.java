package dev.oriel.agent.asks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.Output;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskEnricherTest {
    @TempDir Path folder;
    private final List<Message> messages = new ArrayList<>();
    private Path cwd;
    private AskEnricher enricher;

    @BeforeEach
    void createEnricher() throws IOException {
        cwd = Files.createDirectories(folder.resolve("project"));
        enricher = new AskEnricher(cwd, e -> messages.add(((Output) e).message()));
    }

    private void emit(ObjectNode message) {
        enricher.onEvents(List.<AgentEvent>of(new Output(Message.of(message))));
    }

    private void emitToolUse(String id, String tool, ObjectNode input) {
        ObjectNode message = Json.object().put("type", "assistant");
        ObjectNode block = message.putObject("message").putArray("content").addObject();
        block.put("type", "tool_use").put("id", id).put("name", tool).set("input", input);
        emit(message);
    }

    private void emitToolResult(String id, boolean error) {
        ObjectNode message = Json.object().put("type", "user");
        ObjectNode block = message.putObject("message").putArray("content").addObject();
        block.put("type", "tool_result").put("tool_use_id", id).put("is_error", error);
        emit(message);
    }

    private void emitWrite(String id, String path, String content) {
        emitToolUse(id, "Write", Json.object().put("file_path", path).put("content", content));
        emitToolResult(id, false);
    }

    private JsonNode emitAsk(String tool, ObjectNode input, @Nullable String blocked) {
        ObjectNode ask = Json.object().put("type", "control_request").put("request_id", "r");
        ObjectNode request = ask.putObject("request").put("subtype", "can_use_tool");
        request.put("tool_name", tool).set("input", input);
        if (blocked != null) {
            request.put("blocked_path", blocked);
        }
        emit(ask);
        return messages.getLast().tree().path("request");
    }

    private JsonNode plan() {
        return emitAsk("ExitPlanMode", Json.object(), null).path("oriel_plan");
    }

    private String planFile(String name) throws IOException {
        return Files.createDirectories(folder.resolve("home/.claude/plans"))
                .resolve(name)
                .toString();
    }

    @Test
    void addsThePlanOfASuccessfulWrite() throws Exception {
        emitWrite("1", planFile("a.md"), "# One");
        assertThat(plan().path("text").asText()).isEqualTo("# One");
        assertThat(plan().path("file").asText()).endsWith("a.md");
    }

    @Test
    void prefersTheFileIfItExists() throws Exception {
        String file = planFile("a.md");
        emitWrite("1", file, "# One");
        Files.writeString(Path.of(file), "# One, corrected by hand");
        assertThat(plan().path("text").asText()).isEqualTo("# One, corrected by hand");
    }

    @Test
    void appliesEdits() throws Exception {
        emitWrite("1", planFile("a.md"), "# One\n\ntwo");
        emitToolUse(
                "2",
                "Edit",
                Json.object()
                        .put("file_path", planFile("a.md"))
                        .put("old_string", "two")
                        .put("new_string", "three"));
        emitToolResult("2", false);
        assertThat(plan().path("text").asText()).isEqualTo("# One\n\nthree");
    }

    @Test
    void ignoresAFailedWrite() throws Exception {
        emitToolUse(
                "1", "Write", Json.object().put("file_path", planFile("a.md")).put("content", "x"));
        emitToolResult("1", true);
        assertThat(plan().isMissingNode()).isTrue();
    }

    @Test
    void forgetsAPlanAfterItsApproval() throws Exception {
        emitWrite("1", planFile("a.md"), "# One");
        emitToolUse("2", "ExitPlanMode", Json.object());
        assertThat(plan().isMissingNode()).isFalse();
        emitToolResult("2", false);
        assertThat(plan().isMissingNode()).isTrue();
    }

    @Test
    void ignoresFilesOutsideThePlansFolderExceptInPlanMode() {
        emitWrite("1", cwd.resolve("README.md").toString(), "# Read me");
        assertThat(plan().isMissingNode()).isTrue();
        emit(
                Json.object()
                        .put("type", "system")
                        .put("subtype", "init")
                        .put("permissionMode", "plan"));
        emitWrite("2", cwd.resolve("plan-here.md").toString(), "# The plan");
        assertThat(plan().path("text").asText()).isEqualTo("# The plan");
    }

    @Test
    void readsAFileNamedByTheAskOnlyInAPlansFolderAndNotThroughALink() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.md"), "secret");
        Path link = Path.of(planFile("link.md"));
        Files.createSymbolicLink(link, secret);
        Path good = Files.writeString(Path.of(planFile("good.md")), "# Good");
        for (Path named : List.of(secret, link)) {
            JsonNode ask =
                    emitAsk(
                            "ExitPlanMode",
                            Json.object().put("planFilePath", named.toString()),
                            null);
            assertThat(ask.has("oriel_plan")).as(named.toString()).isFalse();
        }
        JsonNode ask =
                emitAsk("ExitPlanMode", Json.object().put("planFilePath", good.toString()), null);
        assertThat(ask.at("/oriel_plan/text").asText()).isEqualTo("# Good");
    }

    @Test
    void cutsALongPlanAndMarksIt() throws Exception {
        Files.writeString(Path.of(planFile("a.md")), "é".repeat(PlanTracker.MAX_BYTES));
        emitWrite("1", planFile("a.md"), "# One");
        JsonNode plan = plan();
        assertThat(plan.path("cut").asBoolean()).isTrue();
        assertThat(plan.path("text").asText()).hasSize(PlanTracker.MAX_BYTES / 2).endsWith("é");
    }

    @Test
    void addsNoPlanIfTheInputContainsOne() throws Exception {
        emitWrite("1", planFile("a.md"), "# One");
        JsonNode ask = emitAsk("ExitPlanMode", Json.object().put("plan", "# Own"), null);
        assertThat(ask.has("oriel_plan")).isFalse();
    }

    private boolean outside(String path) {
        JsonNode ask = emitAsk("Bash", Json.object().put("command", "touch x"), path);
        assertThat(ask.path("oriel_outside").isBoolean()).isTrue();
        return ask.path("oriel_outside").asBoolean();
    }

    @Test
    void resolvesPathsAsTheOperatingSystemDoes() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/deep"));
        Files.createSymbolicLink(cwd.resolve("out"), elsewhere);
        Files.createSymbolicLink(cwd.resolve("dangling"), folder.resolve("not/there"));
        Files.createSymbolicLink(folder.resolve("in"), cwd);

        assertThat(outside(cwd.resolve("new/file").toString())).isFalse();
        assertThat(outside("new")).isFalse();
        assertThat(outside(cwd.toString())).isFalse();
        assertThat(outside(folder.resolve("in/x").toString())).isFalse();
        assertThat(outside(cwd + "/sub/../x")).isFalse();

        assertThat(outside(cwd + "-two/x")).isTrue();
        assertThat(outside(cwd + "/../x")).isTrue();
        assertThat(outside("../x")).isTrue();
        assertThat(outside(cwd + "/out/x")).isTrue();
        // After a link, `..` is the parent of the link's target.
        assertThat(outside(cwd + "/out/../project/x")).isTrue();
        assertThat(outside(cwd + "/dangling")).isTrue();
    }

    @Test
    void aRealPathIsInsideASessionFolderThatIsALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), cwd);
        enricher = new AskEnricher(link, e -> messages.add(((Output) e).message()));
        assertThat(outside(cwd.resolve("x").toString())).isFalse();
    }

    @Test
    void forwardsOtherMessagesUnchanged() {
        ObjectNode delta = Json.object().put("type", "stream_event");
        emit(delta);
        assertThat(messages.getLast().tree()).isEqualTo(delta);
    }
}
