package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a subagent writes and calls belongs to the call that started it, at any depth.
class SubagentStepsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SampleFrames frames = new SampleFrames();
    private final Timeline timeline = timeline();

    private static Timeline timeline() {
        return new Timeline(new StreamedAnswer(), new UnsentItems());
    }

    private void says(String parent, String text) {
        assistant(parent, "{\"type\":\"text\",\"text\":\"%s\"}".formatted(text));
    }

    private void calls(String parent, String id, String name) {
        assistant(
                parent,
                "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}"
                        .formatted(id, name));
    }

    private void assistant(String parent, String block) {
        frames.journaled(
                """
                {"type":"assistant","parent_tool_use_id":"%s","message":{"id":"x","content":[%s]}}
                """
                        .formatted(parent, block));
    }

    private void returns(String parent, String id, String structured) {
        frames.journaled(
                """
                {"type":"user","parent_tool_use_id":"%s","message":{"role":"user","content":[
                {"type":"tool_result","tool_use_id":"%s","content":"done"}]},
                "tool_use_result":%s}
                """
                        .formatted(parent, id, structured));
    }

    private void system(String json) {
        frames.journaled("{\"type\":\"system\"," + json.replace('\'', '"') + "}");
    }

    private ToolRun top() {
        frames.take().forEach(m -> timeline.apply(m, NOW));
        List<Item> items = timeline.items();
        assertThat(items).hasSize(1);
        return ((Item.Tool) items.getFirst()).run();
    }

    private static ToolRun called(ToolRun run, int step) {
        return ((SubagentRun.Called) run.subagent().steps().get(step)).run();
    }

    @Test
    void textsAndCallsAreStepsInTheirOrder() {
        frames.toolUse("m1", "t1", "Agent", "{}");
        says("t1", "I look.");
        calls("t1", "s1", "Grep");
        returns("t1", "s1", "{\"numFiles\":2,\"filenames\":[]}");
        says("t1", "Found.");

        ToolRun run = top();
        assertThat(run.subagent().steps()).hasSize(3);
        assertThat(run.subagent().steps().getFirst()).isEqualTo(new SubagentRun.Said("I look."));
        assertThat(called(run, 1).state()).isInstanceOf(ToolState.Ok.class);
        assertThat(Objects.requireNonNull(called(run, 1).output()).text()).isEqualTo("done");
        assertThat(run.isRunning()).isTrue();
    }

    @Test
    void aSubagentOfASubagentIsNested() {
        frames.toolUse("m1", "t1", "Agent", "{}");
        calls("t1", "t2", "Agent");
        calls("t2", "t3", "Agent");
        calls("t3", "s", "Read");
        returns("t3", "s", "null");
        says("t2", "Inner text");

        ToolRun second = called(top(), 0);
        ToolRun third = called(second, 0);
        assertThat(called(third, 0).state()).isInstanceOf(ToolState.Ok.class);
        assertThat(second.subagent().steps().getLast())
                .isEqualTo(new SubagentRun.Said("Inner text"));
    }

    @Test
    void thePromptOfASubagentIsNoStep() {
        frames.toolUse("m1", "t1", "Agent", "{\"prompt\":\"Look\"}");
        frames.journaled(
                """
                {"type":"user","parent_tool_use_id":"t1","message":{"role":"user","content":[
                {"type":"text","text":"Look"}]}}
                """);
        assertThat(top().subagent().isEmpty()).isTrue();
    }

    @Test
    void messagesOfAnUnknownParentAreNotPartOfTheConversation() {
        says("nobody", "Who am I?");
        frames.toolUse("m1", "t1", "Agent", "{}");
        assertThat(top().subagent().isEmpty()).isTrue();
    }

    @Test
    void stepsOfACallOnAnOlderPageJoinIt() {
        frames.toolUse("m1", "t1", "Agent", "{}");
        says("t1", "first");
        List<Message> older = frames.take();
        says("t1", "second");
        calls("t1", "s1", "Read");
        frames.take().forEach(m -> timeline.apply(m, NOW));
        assertThat(timeline.items()).isEmpty();

        Timeline page = timeline();
        page.append(older);
        timeline.prepend(page);
        assertThat(top().subagent().steps()).hasSize(3);
        returns("t1", "s1", "null");
        assertThat(called(top(), 2).state()).isInstanceOf(ToolState.Ok.class);
    }

    @Test
    void theEndOfACallEndsItsSteps() {
        frames.toolUse("m1", "t1", "Agent", "{}");
        calls("t1", "s1", "Bash");
        frames.journaled(
                """
                {"type":"user","message":{"role":"user","content":[
                {"type":"tool_result","tool_use_id":"t1","content":"done"}]}}
                """);
        assertThat(called(top(), 0).state()).isEqualTo(new ToolState.Stopped());
    }

    @Test
    void theStepsOfASubagentInTheBackgroundContinueAfterItsResult() {
        frames.toolUse("m1", "t1", "Agent", "{}");
        calls("t1", "s1", "Bash");
        frames.journaled(
                """
                {"type":"user","message":{"role":"user","content":[{"type":"tool_result",
                "tool_use_id":"t1","content":"started"}]},
                "tool_use_result":{"status":"async_launched","agentId":"a1"}}
                """);
        assertThat(called(top(), 0).isRunning()).isTrue();
        returns("t1", "s1", "null");
        assertThat(called(top(), 0).state()).isInstanceOf(ToolState.Ok.class);
    }

    @Test
    void progressIsFollowedByItsTask() {
        frames.toolUse("m1", "t1", "Agent", "{}");
        system(
                "'subtype':'task_started','task_id':'a1','tool_use_id':'t1','subagent_type':'scout'");
        system(
                "'subtype':'task_progress','task_id':'a1','tool_use_id':'t1','description':'Reads',"
                        + "'usage':{'total_tokens':1200,'tool_uses':2,'duration_ms':4000}");
        SubagentRun.Progress running = Objects.requireNonNull(top().subagent().progress());
        assertThat(running)
                .isEqualTo(
                        new SubagentRun.Progress(
                                "a1", "scout", "Reads", 1_200, 2, Duration.ofSeconds(4), false));

        system("'subtype':'task_updated','task_id':'a1','patch':{'status':'completed'}");
        SubagentRun.Progress over = Objects.requireNonNull(top().subagent().progress());
        assertThat(over.over()).isTrue();
        assertThat(over.tokens()).isEqualTo(1_200);
    }

    @Test
    void reportsOfUnknownTasksChangeNothing() {
        frames.toolUse("m1", "t1", "Agent", "{}");
        system("'subtype':'task_progress','task_id':'other','description':'Reads'");
        system("'subtype':'task_notification','task_id':'other','tool_use_id':'gone'");
        assertThat(top().subagent().isEmpty()).isTrue();
    }

    @Test
    void theResultsOfManyStepsStaySmall() {
        frames.toolUse("m1", "t1", "Agent", "{}");
        for (int i = 0; i < 300; i++) {
            says("t1", "x".repeat(50_000));
        }
        SubagentRun run = top().subagent();
        assertThat(run.steps()).hasSize(200);
        assertThat(run.dropped()).isEqualTo(100);
        assertThat(((SubagentRun.Said) run.steps().getFirst()).text()).hasSizeLessThan(17_000);
    }
}
