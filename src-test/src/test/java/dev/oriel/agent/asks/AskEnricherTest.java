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
    private final List<Message> said = new ArrayList<>();
    private Path cwd;
    private AskEnricher facts;

    @BeforeEach
    void begin() throws IOException {
        cwd = Files.createDirectories(folder.resolve("project"));
        facts = new AskEnricher(cwd, e -> said.add(((Output) e).message()));
    }

    private void says(ObjectNode message) {
        facts.onEvent(List.<AgentEvent>of(new Output(Message.of(message))));
    }

    private void calls(String id, String tool, ObjectNode input) {
        ObjectNode message = Json.object().put("type", "assistant");
        ObjectNode block = message.putObject("message").putArray("content").addObject();
        block.put("type", "tool_use").put("id", id).put("name", tool).set("input", input);
        says(message);
    }

    private void results(String id, boolean error) {
        ObjectNode message = Json.object().put("type", "user");
        ObjectNode block = message.putObject("message").putArray("content").addObject();
        block.put("type", "tool_result").put("tool_use_id", id).put("is_error", error);
        says(message);
    }

    private void writes(String id, String path, String content) {
        calls(id, "Write", Json.object().put("file_path", path).put("content", content));
        results(id, false);
    }

    private JsonNode asks(String tool, ObjectNode input, @Nullable String blocked) {
        ObjectNode ask = Json.object().put("type", "control_request").put("request_id", "r");
        ObjectNode request = ask.putObject("request").put("subtype", "can_use_tool");
        request.put("tool_name", tool).set("input", input);
        if (blocked != null) {
            request.put("blocked_path", blocked);
        }
        says(ask);
        return said.getLast().tree().path("request");
    }

    private JsonNode plan() {
        return asks("ExitPlanMode", Json.object(), null).path("oriel_plan");
    }

    private String inPlans(String name) throws IOException {
        return Files.createDirectories(folder.resolve("home/.claude/plans"))
                .resolve(name)
                .toString();
    }

    @Test
    void aPlanIsKnownFromTheWriteThatWentThrough() throws Exception {
        writes("1", inPlans("a.md"), "# One");
        assertThat(plan().path("text").asText()).isEqualTo("# One");
        assertThat(plan().path("file").asText()).endsWith("a.md");
    }

    @Test
    void theFileItselfCountsWhereItIsThere() throws Exception {
        String file = inPlans("a.md");
        writes("1", file, "# One");
        Files.writeString(Path.of(file), "# One, corrected by hand");
        assertThat(plan().path("text").asText()).isEqualTo("# One, corrected by hand");
    }

    @Test
    void editsAreFollowed() throws Exception {
        writes("1", inPlans("a.md"), "# One\n\ntwo");
        calls(
                "2",
                "Edit",
                Json.object()
                        .put("file_path", inPlans("a.md"))
                        .put("old_string", "two")
                        .put("new_string", "three"));
        results("2", false);
        assertThat(plan().path("text").asText()).isEqualTo("# One\n\nthree");
    }

    @Test
    void aWriteThatFailedIsNoPlan() throws Exception {
        calls("1", "Write", Json.object().put("file_path", inPlans("a.md")).put("content", "x"));
        results("1", true);
        assertThat(plan().isMissingNode()).isTrue();
    }

    @Test
    void anApprovedPlanIsNotOfferedAgain() throws Exception {
        writes("1", inPlans("a.md"), "# One");
        calls("2", "ExitPlanMode", Json.object());
        assertThat(plan().isMissingNode()).isFalse();
        results("2", false);
        assertThat(plan().isMissingNode()).isTrue();
    }

    @Test
    void whatIsNotInThePlansFolderIsNoPlanUnlessTheAgentOnlyPlans() {
        writes("1", cwd.resolve("README.md").toString(), "# Read me");
        assertThat(plan().isMissingNode()).isTrue();
        says(
                Json.object()
                        .put("type", "system")
                        .put("subtype", "init")
                        .put("permissionMode", "plan"));
        writes("2", cwd.resolve("plan-here.md").toString(), "# The plan");
        assertThat(plan().path("text").asText()).isEqualTo("# The plan");
    }

    @Test
    void aFileThatOnlyTheAskNamesIsReadOnlyFromAPlansFolderAndNotThroughALink() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.md"), "secret");
        Path link = Path.of(inPlans("link.md"));
        Files.createSymbolicLink(link, secret);
        Path good = Files.writeString(Path.of(inPlans("good.md")), "# Good");
        for (Path named : List.of(secret, link)) {
            JsonNode ask =
                    asks("ExitPlanMode", Json.object().put("planFilePath", named.toString()), null);
            assertThat(ask.has("oriel_plan")).as(named.toString()).isFalse();
        }
        JsonNode ask =
                asks("ExitPlanMode", Json.object().put("planFilePath", good.toString()), null);
        assertThat(ask.at("/oriel_plan/text").asText()).isEqualTo("# Good");
    }

    @Test
    void aLongPlanIsCutAndSaysSo() throws Exception {
        Files.writeString(Path.of(inPlans("a.md")), "é".repeat(PlanTracker.MOST));
        writes("1", inPlans("a.md"), "# One");
        JsonNode plan = plan();
        assertThat(plan.path("cut").asBoolean()).isTrue();
        assertThat(plan.path("text").asText()).hasSize(PlanTracker.MOST / 2).endsWith("é");
    }

    @Test
    void aPlanInTheInputNeedsNoOther() throws Exception {
        writes("1", inPlans("a.md"), "# One");
        JsonNode ask = asks("ExitPlanMode", Json.object().put("plan", "# Own"), null);
        assertThat(ask.has("oriel_plan")).isFalse();
    }

    private boolean outside(String path) {
        JsonNode ask = asks("Bash", Json.object().put("command", "touch x"), path);
        assertThat(ask.path("oriel_outside").isBoolean()).isTrue();
        return ask.path("oriel_outside").asBoolean();
    }

    @Test
    void pathsAreComparedAsTheOperatingSystemFollowsThem() throws Exception {
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
        // Behind a link, `..` is the parent of what it points to.
        assertThat(outside(cwd + "/out/../project/x")).isTrue();
        assertThat(outside(cwd + "/dangling")).isTrue();
    }

    @Test
    void aSessionInAFolderThatIsALinkKnowsItsRealFilesAsItsOwn() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), cwd);
        facts = new AskEnricher(link, e -> said.add(((Output) e).message()));
        assertThat(outside(cwd.resolve("x").toString())).isFalse();
    }

    @Test
    void whatElseIsSaidIsHandedOnAsItCame() {
        ObjectNode delta = Json.object().put("type", "stream_event");
        says(delta);
        assertThat(said.getLast().tree()).isEqualTo(delta);
    }
}
