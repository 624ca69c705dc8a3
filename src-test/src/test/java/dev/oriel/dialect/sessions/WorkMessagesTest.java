package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.message.Message;
import dev.oriel.session.api.SeqRange;
import dev.oriel.testing.data.SampleFrames;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which messages tell of the checklist and of the tasks that run.
class WorkMessagesTest {
    private final SampleFrames frames = new SampleFrames();

    private void call(String id, String tool) {
        frames.toolUse("m", id, tool, "{}");
    }

    private void result(String id, boolean error, String structured) {
        frames.toolResult(
                id, "ok", error, "{\"tool_use_result\":" + structured.replace('\'', '"') + "}");
    }

    private void system(String members) {
        frames.journaled("{\"type\":\"system\"," + members.replace('\'', '"') + "}");
    }

    private List<Long> picked(String... running) {
        return picked(List.of(), running);
    }

    private List<Long> picked(List<SeqRange> rewound, String... running) {
        WorkMessages work = new WorkMessages(Set.of(running), rewound);
        List<Message> all = frames.take();
        for (Message m : all.reversed()) {
            work.add(new Entry(m.tree().path("seq").asLong(), m));
        }
        return work.picked().stream().map(Entry::seq).toList();
    }

    @Test
    void callsOfChecklistToolsArePickedWithTheirResults() {
        frames.prompt("go");
        call("a", "TaskCreate");
        call("x", "Read");
        result("x", false, "{}");
        result("a", false, "{'task':{'id':'1'}}");
        call("b", "TaskUpdate");
        frames.text("m", "TaskCreate");
        assertThat(picked()).containsExactly(2L, 5L, 6L);
    }

    @Test
    void nothingBeforeAListOfAllEntriesIsPicked() {
        call("a", "TodoWrite");
        result("a", false, "{}");
        call("b", "TodoWrite");
        result("b", false, "{}");
        frames.prompt("more");
        call("c", "TodoWrite");
        assertThat(picked()).as("c may still fail").containsExactly(3L, 4L, 6L);
    }

    @Test
    void aListThatFailedIsNotTheLast() {
        call("a", "TodoWrite");
        result("a", false, "{}");
        call("b", "TodoWrite");
        result("b", true, "'Error'");
        assertThat(picked()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void listedTasksReplaceEarlierOnes() {
        call("a", "TaskCreate");
        call("b", "TaskList");
        result("b", false, "{'tasks':[]}");
        call("c", "TaskUpdate");
        assertThat(picked()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void aSubagentsChecklistIsNotPicked() {
        frames.journaled(
                """
                {"type":"assistant","parent_tool_use_id":"t","message":{"content":[
                {"type":"tool_use","id":"a","name":"TodoWrite","input":{}}]}}
                """);
        assertThat(picked()).isEmpty();
    }

    @Test
    void onlyReportsAboutTasksThatRunArePicked() {
        system("'subtype':'task_started','task_id':'old'");
        system("'subtype':'task_started','task_id':'b'");
        system("'subtype':'task_progress','task_id':'b'");
        system("'subtype':'task_progress','task_id':'b'");
        system("'subtype':'task_updated','task_id':'b','patch':{'is_backgrounded':true}");
        system("'subtype':'task_notification','task_id':'old'");
        assertThat(picked("b")).containsExactly(2L, 4L, 5L);
    }

    @Test
    void withoutATaskThatRunsNoReportIsPicked() {
        system("'subtype':'background_tasks_changed','tasks':[{'task_id':'b'}]");
        system("'subtype':'task_started','task_id':'b'");
        assertThat(picked()).isEmpty();
    }

    @Test
    void aCommandInTheBackgroundIsPickedWithItsCall() {
        call("a", "Bash");
        result("a", false, "{'backgroundTaskId':'b'}");
        call("c", "Bash");
        result("c", false, "{'backgroundTaskId':'ended'}");
        assertThat(picked("b")).containsExactly(1L, 2L);
    }

    @Test
    void theConversationBeginsAtItsReset() {
        call("a", "TaskCreate");
        frames.journaled("{\"type\":\"conversation_reset\"}");
        call("b", "TaskCreate");
        assertThat(picked()).containsExactly(2L, 3L);
    }

    @Test
    void rewoundMessagesAreNotPicked() {
        call("a", "TaskCreate");
        call("b", "TaskCreate");
        call("c", "TaskCreate");
        system("'subtype':'oriel_rewound','first':2,'last':2");
        call("d", "TaskCreate");
        assertThat(picked(List.of(new SeqRange(5, 9)))).containsExactly(1L, 3L);
    }

    @Test
    void strangeMessagesTellNothing() {
        frames.journaled("{\"type\":\"user\",\"message\":{\"content\":\"TodoWrite\"}}");
        frames.journaled("{\"type\":\"user\",\"message\":7,\"tool_use_result\":[]}");
        frames.journaled("{\"type\":\"assistant\",\"message\":{\"content\":[1,null,{}]}}");
        system("'subtype':'task_started'");
        system("'subtype':'oriel_rewound','first':-1,'last':'x'");
        system("'no':'subtype'");
        assertThat(picked("b")).isEmpty();
    }

    @Test
    void theNumberAndTheSizeAreBounded() {
        for (int i = 0; i < 3_000; i++) {
            call("a" + i, "TaskUpdate");
        }
        assertThat(picked()).hasSize(1_000).last().isEqualTo(3_000L);

        String large = "{\"text\":\"" + "x".repeat(600_000) + "\"}";
        for (int i = 0; i < 5; i++) {
            frames.toolUse("m", "b" + i, "TaskUpdate", large);
        }
        frames.toolUse("m", "c", "TaskUpdate", large.replace("xx", "xxxx"));
        assertThat(picked()).as("the last one is too large").containsExactly(3_004L, 3_005L);
    }
}
