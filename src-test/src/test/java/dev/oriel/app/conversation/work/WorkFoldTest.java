package dev.oriel.app.conversation.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.work.BackgroundTask.State;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The checklist and the background tasks, by what arrives and in which order.
class WorkFoldTest {
    private final SampleFrames frames = new SampleFrames();
    private final WorkFold fold = new WorkFold();

    private void call(String id, String name, String input) {
        frames.toolUse("m", id, name, input.replace('\'', '"'));
    }

    private void result(String id, String structured, boolean error) {
        frames.journaled(
                """
                {"type":"user","message":{"role":"user","content":[{"type":"tool_result",
                "tool_use_id":"%s","content":"ok","is_error":%s}]},"tool_use_result":%s}
                """
                        .formatted(id, error, structured.replace('\'', '"')));
    }

    private void system(String json) {
        frames.journaled("{'type':'system',".replace('\'', '"') + json.replace('\'', '"') + "}");
    }

    private void apply() {
        frames.take().forEach(fold::apply);
    }

    private List<String> checklist() {
        apply();
        return fold.work().checklist().stream()
                .map(e -> e.state().mark() + " " + e.shownText())
                .toList();
    }

    private List<BackgroundTask> tasks() {
        apply();
        return fold.work().tasks();
    }

    @Test
    void theLastListOfToDosCounts() {
        call("a", "TodoWrite", "{'todos':[{'content':'A','status':'pending'}]}");
        call(
                "b",
                "TodoWrite",
                "{'todos':[{'content':'A','status':'completed'},"
                        + "{'content':'B','activeForm':'Doing B','status':'in_progress'}]}");

        assertThat(checklist()).containsExactly("✓ A", "◐ Doing B");
    }

    @Test
    void aFailedCallDoesNotCount() {
        call("a", "TodoWrite", "{'todos':[{'content':'A','status':'pending'}]}");
        call("b", "TodoWrite", "{'todos':[]}");
        result("b", "null", true);

        assertThat(checklist()).containsExactly("○ A");
    }

    @Test
    void tasksAreCreatedChangedAndDeleted() {
        call("a", "TaskCreate", "{'subject':'A','activeForm':'Doing A'}");
        assertThat(checklist()).as("before its id is known").containsExactly("○ A");
        result("a", "{'task':{'id':'1','subject':'A'}}", false);
        call("b", "TaskCreate", "{'subject':'B'}");
        result("b", "{'task':{'id':'2','subject':'B'}}", false);
        call("c", "TaskUpdate", "{'taskId':'1','status':'in_progress'}");
        assertThat(checklist()).containsExactly("◐ Doing A", "○ B");
        call("d", "TaskUpdate", "{'taskId':'1','status':'completed'}");
        call("e", "TaskUpdate", "{'taskId':'2','status':'deleted'}");
        assertThat(checklist()).containsExactly("✓ A");
    }

    @Test
    void aListOfAllTasksReplacesWhatWasKnown() {
        call("c", "TaskUpdate", "{'taskId':'7','status':'in_progress'}");
        assertThat(checklist())
                .as("a task of which nothing else is known")
                .containsExactly("◐ Task 7");
        call("d", "TaskList", "{}");
        result(
                "d",
                "{'tasks':[{'id':'6','subject':'F','status':'completed'},"
                        + "{'id':'7','subject':'G','status':'in_progress'}]}",
                false);

        assertThat(checklist()).containsExactly("✓ F", "◐ G");
    }

    @Test
    void anOlderPageCompletesTheList() {
        call("a", "TaskCreate", "{'subject':'A'}");
        result("a", "{'task':{'id':'1','subject':'A'}}", false);
        List<Message> older = frames.take();
        call("c", "TaskUpdate", "{'taskId':'1','status':'completed'}");

        assertThat(checklist()).containsExactly("✓ Task 1");
        fold.applyOlder(older);
        assertThat(checklist()).containsExactly("✓ A");
    }

    @Test
    void anOlderListDoesNotReplaceANewerOne() {
        call("a", "TodoWrite", "{'todos':[{'content':'old','status':'pending'}]}");
        List<Message> older = frames.take();
        call("b", "TodoWrite", "{'todos':[{'content':'new','status':'pending'}]}");
        apply();
        fold.applyOlder(older);

        assertThat(checklist()).containsExactly("○ new");
    }

    @Test
    void theListOfASubagentIsItsOwn() {
        frames.journaled(
                """
                {"type":"assistant","parent_tool_use_id":"t1","message":{"id":"x","content":[
                {"type":"tool_use","id":"s","name":"TodoWrite",
                "input":{"todos":[{"content":"A","status":"pending"}]}}]}}
                """);
        assertThat(checklist()).isEmpty();
    }

    @Test
    void clearingTheConversationClearsTheList() {
        call("a", "TodoWrite", "{'todos':[{'content':'A','status':'pending'}]}");
        frames.journaled("{\"type\":\"conversation_reset\"}");
        assertThat(checklist()).isEmpty();
    }

    @Test
    void damagedInputsLeaveAListWithoutThem() {
        call("a", "TodoWrite", "{'todos':[1,null,[],{'content':7},{'status':'strange'}]}");
        call("b", "TaskUpdate", "{'taskId':{}}");
        call("c", "TaskCreate", "{}");
        apply();
        assertThat(fold.work().checklist()).isNotNull();
    }

    @Test
    void aTaskInTheBackgroundRunsUntilItsNotification() {
        system(
                "'subtype':'task_started','task_id':'b1','description':'npm start',"
                        + "'is_backgrounded':true");
        assertThat(tasks()).extracting(BackgroundTask::description).containsExactly("npm start");
        system(
                "'subtype':'task_progress','task_id':'b1','summary':'Listening',"
                        + "'usage':{'duration_ms':4000}");
        assertThat(tasks().getFirst().doing()).isEqualTo("Listening");
        system(
                "'subtype':'task_notification','task_id':'b1','status':'failed',"
                        + "'summary':'It exited with code 1'");

        assertThat(tasks().getFirst().state()).isEqualTo(State.FAILED);
        assertThat(tasks().getFirst().doing()).isEqualTo("It exited with code 1");
    }

    @Test
    void aTaskInTheForegroundIsNoBackgroundTaskUntilItIsMovedThere() {
        system(
                "'subtype':'task_started','task_id':'a','description':'Look',"
                        + "'is_backgrounded':false");
        assertThat(tasks()).isEmpty();
        system("'subtype':'task_updated','task_id':'a','patch':{'is_backgrounded':true}");
        assertThat(tasks()).extracting(BackgroundTask::description).containsExactly("Look");
    }

    @Test
    void theAgentsListOfTasksIsBelieved() {
        system("'subtype':'task_started','task_id':'a','description':'A','is_backgrounded':true");
        system(
                "'subtype':'background_tasks_changed','tasks':[{'task_id':'b','description':'B'},"
                        + "{'task_id':'c','description':'C','ambient':true}]");

        assertThat(tasks())
                .extracting(t -> t.description() + " " + t.state())
                .containsExactly("A COMPLETED", "B RUNNING");
    }

    @Test
    void aCommandThatAnOlderCliMovedToTheBackgroundIsATask() {
        call("t", "Bash", "{'command':'make','description':'Build it'}");
        result("t", "{'stdout':'','backgroundTaskId':'b9'}", false);

        assertThat(tasks())
                .singleElement()
                .satisfies(t -> assertThat(t.description()).isEqualTo("Build it"));
    }

    @Test
    void tasksEndWithTheirAgent() {
        system("'subtype':'task_started','task_id':'a','description':'A','is_backgrounded':true");
        apply();
        system("'subtype':'oriel_agent_exited','cause':'stopped'");
        assertThat(tasks()).extracting(BackgroundTask::state).containsExactly(State.ENDED);
    }

    @Test
    void aTaskThatTheServerDoesNotKnowHasEnded() {
        system("'subtype':'task_started','task_id':'a','description':'A','is_backgrounded':true");
        system("'subtype':'task_started','task_id':'b','description':'B','is_backgrounded':true");
        system("'subtype':'oriel_session','session':{}");
        assertThat(tasks())
                .as("a server that does not report the tasks")
                .extracting(BackgroundTask::state)
                .containsOnly(State.RUNNING);
        system("'subtype':'oriel_session','session':{},'tasks':['b',7,null,{}]");
        assertThat(tasks())
                .extracting(BackgroundTask::state)
                .containsExactly(State.ENDED, State.RUNNING);
        system("'subtype':'task_notification','task_id':'a','status':'failed'");
        assertThat(tasks())
                .as("a late report counts")
                .extracting(BackgroundTask::state)
                .containsExactly(State.FAILED, State.RUNNING);
    }

    @Test
    void tasksThatEndedWithTheServerHaveEndedAlsoAfterEarlierMessagesAreKnown() {
        fold.expectEarlier();
        system("'subtype':'task_started','task_id':'a','description':'A','is_backgrounded':true");
        apply();
        frames.live("{\"type\":\"system\",\"subtype\":\"oriel_session\",\"tasks\":[]}");
        apply();
        fold.applyEarlier(List.of(), Set.of());
        assertThat(tasks()).extracting(BackgroundTask::state).containsExactly(State.ENDED);
    }

    @Test
    void endedTasksStayUntilTheNextPrompt() {
        system("'subtype':'task_started','task_id':'a','description':'A','is_backgrounded':true");
        system("'subtype':'task_started','task_id':'b','description':'B','is_backgrounded':true");
        system("'subtype':'task_notification','task_id':'a','status':'completed'");
        frames.journaled(
                """
                {"type":"user","session_id":"s","message":{"role":"user","content":"Task a ended"}}
                """);
        frames.text("m", "It is done.");
        assertThat(tasks()).hasSize(2);
        frames.prompt("Go on");
        assertThat(tasks()).extracting(BackgroundTask::id).containsExactly("b");
    }

    @Test
    void onlyCommandsHaveOutput() {
        system(
                "'subtype':'background_tasks_changed','tasks':["
                        + "{'task_id':'a','task_type':'local_bash'},"
                        + "{'task_id':'b','task_type':'local_agent'},{'task_id':'c'}]");
        system(
                "'subtype':'task_started','task_id':'b','task_type':'local_agent',"
                        + "'description':'B','is_backgrounded':true");
        assertThat(tasks())
                .filteredOn(BackgroundTask::isCommand)
                .extracting(BackgroundTask::id)
                .containsExactly("a", "c");
    }

    @Test
    void aForkHasNoneOfTheTasksOfTheOtherSession() {
        system("'subtype':'task_started','task_id':'a','description':'A','is_backgrounded':true");
        system("'subtype':'oriel_forked','from':{'session_id':'s'}");
        assertThat(tasks()).isEmpty();
    }

    @Test
    void earlierMessagesAreFoldedBeforeThoseThatArrivedMeanwhile() {
        call("c", "TaskCreate", "{'subject':'Old'}");
        result("c", "{'task':{'id':'1','subject':'Old'}}", false);
        system("'subtype':'task_started','task_id':'b','description':'B','is_backgrounded':true");
        system("'subtype':'task_started','task_id':'x','description':'X','is_backgrounded':true");
        system("'subtype':'task_started','task_id':'f','description':'F'");
        List<Message> earlier = frames.take();

        fold.expectEarlier();
        call("d", "TaskUpdate", "{'taskId':'1','status':'in_progress'}");
        system("'subtype':'task_notification','task_id':'b','status':'failed'");
        system("'subtype':'task_updated','task_id':'f','patch':{'is_backgrounded':true}");
        system("'subtype':'task_started','task_id':'n','description':'N','is_backgrounded':true");
        assertThat(tasks()).extracting(BackgroundTask::description).containsExactly("Task f", "N");
        fold.applyEarlier(earlier, Set.of("b", "f"));

        assertThat(checklist()).containsExactly("◐ Old");
        assertThat(tasks())
                .extracting(t -> t.description() + " " + t.state())
                .containsExactly("B FAILED", "F RUNNING", "N RUNNING");
        fold.applyEarlier(earlier, Set.of("b"));
        assertThat(tasks()).as("they are folded once").hasSize(3);
    }

    @Test
    void earlierTasksStayUnknownIfTooMuchArrivedMeanwhile() {
        system("'subtype':'task_started','task_id':'b','description':'B','is_backgrounded':true");
        call("c", "TodoWrite", "{'todos':[{'content':'A','status':'pending'}]}");
        List<Message> earlier = frames.take();
        fold.expectEarlier();
        for (int i = 0; i < 2_001; i++) {
            frames.text("m", "more");
        }
        apply();
        fold.applyEarlier(earlier, Set.of("b"));
        assertThat(tasks()).isEmpty();
        assertThat(checklist()).containsExactly("○ A");
    }

    @Test
    void onlyTheLastEndedTasksStay() {
        for (int i = 0; i < 20; i++) {
            system(
                    "'subtype':'task_started','task_id':'a%d','description':'A%d',".formatted(i, i)
                            + "'is_backgrounded':true");
            system(
                    "'subtype':'task_notification','task_id':'a%d','status':'completed'"
                            .formatted(i));
        }
        assertThat(tasks())
                .hasSize(5)
                .last()
                .satisfies(t -> assertThat(t.description()).isEqualTo("A19"));
    }

    @Test
    void theWorkStaysTheSameObjectUntilItChanges() {
        call("a", "TodoWrite", "{'todos':[{'content':'A','status':'pending'}]}");
        apply();
        ConversationWork before = fold.work();
        call("b", "Read", "{'file_path':'/a'}");
        call("c", "TodoWrite", "{'todos':[{'content':'A','status':'pending'}]}");
        apply();
        assertThat(fold.work()).isSameAs(before);
    }
}
