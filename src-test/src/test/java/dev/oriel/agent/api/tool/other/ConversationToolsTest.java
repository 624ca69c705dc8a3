package dev.oriel.agent.api.tool.other;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import dev.oriel.testing.api.SettablePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationToolsTest {
    private static final String QUESTIONS =
            """
            {"questions":[{"question":"Which?","header":"H","multiSelect":false,"options":
            [{"label":"A","description":"a"},{"label":"B","description":"b"}]},
            {"question":"How?","header":"H","multiSelect":true,"options":
            [{"label":"A","description":"a"},{"label":"B","description":"b"}]}]}
            """;

    @TempDir Path folder;

    private final SettablePermissions permissions = new SettablePermissions();
    private final List<Tool> tools = ConversationTools.all(permissions);
    private RecordedCalls calls;

    @BeforeEach
    void open() {
        calls = new RecordedCalls(folder, folder.resolve("private"));
    }

    private Tool tool(String name) {
        return tools.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    private ToolOutcome answered(String name, String input, String reply)
            throws InterruptedException {
        return calls.callAnswered(tool(name), Json.parseStored(input), Json.parseStored(reply));
    }

    @Test
    void passesTheAnswersOfTheUserOn() throws InterruptedException {
        ToolOutcome outcome =
                answered(
                        "AskUserQuestion",
                        QUESTIONS,
                        """
                        {"behavior":"allow","updatedInput":{"answers":{"Which?":"B","How?":"A, B"},
                        "annotations":{"How?":{"notes":"both"}}}}
                        """);
        assertThat(outcome.content().asText())
                .isEqualTo(
                        "Your questions have been answered: \"Which?\"=\"B\", \"How?\"=\"A, B\""
                                + " user notes: both. You can now continue with these answers in"
                                + " mind.");
        JsonNode structured = outcome.structured();
        assertThat(structured.path("answers").path("Which?").asText()).isEqualTo("B");
        assertThat(structured.path("questions"))
                .isEqualTo(Json.parseStored(QUESTIONS).path("questions"));
        assertThat(structured.path("annotations").path("How?").path("notes").asText())
                .isEqualTo("both");
    }

    @Test
    void saysWhenNothingWasAnswered() throws InterruptedException {
        ToolOutcome outcome = answered("AskUserQuestion", QUESTIONS, "{\"behavior\":\"allow\"}");
        assertThat(outcome.content().asText()).startsWith("The user has answered none");
        assertThat(outcome.structured().path("answers")).isEqualTo(Json.object());
    }

    @Test
    void refusesQuestionsThatCannotBeToldApart() throws InterruptedException {
        String twice = QUESTIONS.replace("How?", "Which?");
        assertThat(answered("AskUserQuestion", twice, "{}").content().asText())
                .isEqualTo(
                        "<tool_use_error>Each question must be asked only once.</tool_use_error>");
        String labels = QUESTIONS.replace("\"B\"", "\"A\"");
        assertThat(answered("AskUserQuestion", labels, "{}").content().asText())
                .contains("must differ");
    }

    @Test
    void alwaysAsksTheUser() {
        for (String name : List.of("AskUserQuestion", "ExitPlanMode")) {
            assertThat(
                            tool(name)
                                    .needs(
                                            calls.request(tool(name), Json.object()),
                                            calls.context())
                                    .asksUser())
                    .isTrue();
        }
    }

    @Test
    void replacesTheChecklist() throws InterruptedException {
        String first = todos("pending");
        ToolOutcome outcome = calls.call(tool("TodoWrite"), Json.parseStored(first));
        assertThat(outcome.structured().path("oldTodos")).isEmpty();
        assertThat(outcome.structured().path("newTodos"))
                .isEqualTo(Json.parseStored(first).path("todos"));
        assertThat(outcome.content().asText())
                .startsWith("Todos have been modified successfully. ");
        outcome = calls.call(tool("TodoWrite"), Json.parseStored(todos("completed")));
        assertThat(outcome.structured().path("oldTodos"))
                .isEqualTo(Json.parseStored(first).path("todos"));
        outcome = calls.call(tool("TodoWrite"), Json.parseStored(first));
        assertThat(outcome.structured().path("oldTodos")).isEmpty();
    }

    private static String todos(String status) {
        return "{\"todos\":[{\"content\":\"x\",\"activeForm\":\"y\",\"status\":\""
                + status
                + "\"}]}";
    }

    @Test
    void returnsToTheModeBeforePlanMode() throws InterruptedException, IOException {
        permissions.setMode("acceptEdits");
        ToolOutcome entered = calls.call(tool("EnterPlanMode"));
        assertThat(permissions.mode()).isEqualTo("plan");
        assertThat(entered.content().asText()).startsWith("Entered plan mode.");
        assertThat(entered.structured().path("message").asText()).startsWith("Entered plan mode.");
        ToolOutcome left = answered("ExitPlanMode", "{\"plan\":\"# Do it\"}", "{}");
        assertThat(permissions.mode()).isEqualTo("acceptEdits");
        assertThat(left.content().asText())
                .startsWith("User has approved your plan.")
                .endsWith("# Do it");
        assertThat(left.structured().path("plan").asText()).isEqualTo("# Do it");
        assertThat(left.structured().path("isAgent").asBoolean(true)).isFalse();
        assertThat(Files.readString(Path.of(left.structured().path("filePath").asText())))
                .isEqualTo("# Do it");
        assertThat(calls.emitted().stream().map(ObjectNode::toString))
                .containsExactly(status("plan"), status("acceptEdits"));
    }

    private static String status(String mode) {
        return "{\"type\":\"system\",\"subtype\":\"status\",\"status\":null,\"permissionMode\":\""
                + mode
                + "\"}";
    }

    @Test
    void continuesInTheModeThatTheUserChose() throws InterruptedException {
        calls.call(tool("EnterPlanMode"));
        ToolOutcome left =
                answered(
                        "ExitPlanMode",
                        "{}",
                        """
                        {"updatedPermissions":[{"type":"setMode","mode":"acceptEdits"}]}
                        """);
        assertThat(permissions.mode()).isEqualTo("acceptEdits");
        assertThat(left.content().asText())
                .isEqualTo("User has approved exiting plan mode. You can now proceed.");
        assertThat(left.structured().path("plan").isNull()).isTrue();
    }

    @Test
    void fallsBackToTheDefaultMode() throws InterruptedException {
        permissions.setMode("plan"); // by the user
        answered(
                "ExitPlanMode",
                "{}",
                """
                {"updatedPermissions":[{"type":"setMode","mode":"nonsense"}]}
                """);
        assertThat(permissions.mode()).isEqualTo("default");
    }

    @Test
    void cannotLeavePlanModeTwice() throws InterruptedException {
        assertThat(calls.call(tool("ExitPlanMode")).content().asText())
                .startsWith("<tool_use_error>You are not in plan mode.");
    }
}
