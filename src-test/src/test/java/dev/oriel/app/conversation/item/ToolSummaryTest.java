package dev.oriel.app.conversation.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names under which tool calls and activities are shown.
class ToolSummaryTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    private static String argument(String tool, String... namesAndTexts) {
        List<ToolRun.Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            fields.add(new ToolRun.Field(namesAndTexts[i], namesAndTexts[i + 1]));
        }
        return ToolSummary.argument(tool, fields);
    }

    @ParameterizedTest
    @CsvSource({
        "Bash, Run, SHELL",
        "KillShell, End command, SHELL",
        "Read, Read, READ",
        "Grep, Search, READ",
        "MultiEdit, Edit, EDIT",
        "Write, Write, EDIT",
        "web_fetch, Fetch, WEB",
        "Agent, Subagent, TASK",
        "TaskOutput, Read output, TASK",
        "ExitPlanMode, Plan, PLAN",
        "AskUserQuestion, Question, QUESTION",
        "mcp__board__list_cards, board · list_cards, OTHER",
        "mcp__my_server__a__b, my_server · a__b, OTHER",
        "mcp__odd, mcp__odd, OTHER",
        "BashOutput, Read output, SHELL",
        "Glob, Find files, READ",
        "LS, List, READ",
        "web_search, Search the web, WEB",
        "TodoWrite, To-do list, TASK",
        "NotebookEdit, Edit notebook, EDIT",
        "bash_code_execution, Run in a sandbox, SHELL",
        "text_editor_code_execution, Edit in a sandbox, SHELL",
        "Unknown, Unknown, OTHER",
    })
    void aToolHasATitleAndAKind(String tool, String title, ToolKind kind) {
        assertThat(ToolSummary.title(tool)).isEqualTo(title);
        assertThat(ToolKind.of(tool)).isEqualTo(kind);
    }

    @Test
    void theUsualMemberIsTheArgumentWhereverItIs() {
        assertThat(argument("Grep", "path", "/src", "pattern", "x+")).isEqualTo("x+");
        assertThat(argument("Bash", "description", "List", "command", "ls")).isEqualTo("ls");
        assertThat(argument("Bash", "command", " ", "description", "List")).isEqualTo("List");
        assertThat(argument("Agent", "prompt", "long", "description", "short")).isEqualTo("short");
        assertThat(argument("Bash", "command", "one\ntwo")).isEqualTo("one …");
    }

    @Test
    void anyOtherTextIsTheArgumentIfThereIsNoUsualMember() {
        assertThat(argument("x", "a", "{}", "b", "[]", "c", "", "d", "text")).isEqualTo("text");
        assertThat(argument("x", "a", "{}")).isEmpty();
        assertThat(argument("x")).isEmpty();
    }

    @Test
    void anActivityIsOneLineWithItsDuration() {
        Instant before = NOW.minusSeconds(75);
        assertThat(new Activity.Idle().sentence(NOW)).isEmpty();
        assertThat(new Activity.Waiting(before).sentence(NOW))
                .isEqualTo("Waiting for Claude, 1 min 15 s");
        assertThat(new Activity.Thinking(NOW.minusSeconds(1)).sentence(NOW)).isEqualTo("Thinking");
        assertThat(new Activity.Thinking(null).sentence(NOW)).isEqualTo("Thinking");
        assertThat(new Activity.Interrupting(NOW.minusSeconds(2)).sentence(NOW))
                .isEqualTo("Stopping, 2 s");
        assertThat(new Activity.RunningTool("Run", "ls", null).sentence(NOW)).isEqualTo("Run ls");
        assertThat(new Activity.RunningTool("Plan", "", before).sentence(NOW))
                .isEqualTo("Plan, 1 min 15 s");
        assertThat(new Activity.AwaitingAnswer(1).sentence(NOW))
                .isEqualTo("Waiting for your answer");
        assertThat(new Activity.AwaitingAnswer(2).sentence(NOW))
                .isEqualTo("Waiting for your 2 answers");
    }

    @Test
    void aRetryIsAnnouncedUntilItIsDue() {
        Instant next = NOW.plus(Duration.ofMillis(4_001));
        assertThat(new Activity.Retrying("Overloaded", 2, 10, next).sentence(NOW))
                .isEqualTo("Overloaded. Attempt 2 of 10 in 5 s");
        assertThat(new Activity.Retrying("Overloaded", 2, 10, NOW).sentence(NOW))
                .isEqualTo("Overloaded. Attempt 2 of 10");
        assertThat(new Activity.Retrying("Overloaded", 2, 10, null).sentence(NOW))
                .isEqualTo("Overloaded. Attempt 2 of 10");
    }

    @Test
    void onlyTheLastStepsOfASubagentAreKept() {
        SubagentRun run = SubagentRun.NONE;
        for (int i = 0; i < 201; i++) {
            run = run.with(new SubagentRun.Said("step " + i));
        }
        assertThat(run.steps())
                .hasSize(200)
                .startsWith(new SubagentRun.Said("step 1"))
                .endsWith(new SubagentRun.Said("step 200"));
        assertThat(run.dropped()).isEqualTo(1);
    }
}
