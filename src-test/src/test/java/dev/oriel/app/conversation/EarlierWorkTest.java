package dev.oriel.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.work.BackgroundTask;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The checklist and the tasks of a conversation whose beginning is not held.
class EarlierWorkTest {
    private final SampleFrames frames = new SampleFrames();
    private final RecordingPages pages = new RecordingPages();
    private final ConversationModel model =
            new ConversationModel(pages, new RecordingRetries(), InstantSource.system());

    private List<Message> work() {
        frames.toolUse(
                "m", "a", "TodoWrite", "{\"todos\":[{\"content\":\"A\",\"status\":\"pending\"}]}");
        frames.journaled(
                """
                {"type":"system","subtype":"task_started","task_id":"b","description":"B",
                "is_backgrounded":true}
                """);
        return frames.take();
    }

    @Test
    void itIsRequestedOnceAndShownBeforeOlderPagesAre() {
        List<Message> earlier = work();
        frames.prompt("more");
        model.showLatest(frames.take(), true);
        assertThat(pages.earlierWork()).containsExactly(3L);
        assertThat(model.work().checklist()).isEmpty();

        frames.text("m2", "Sure.");
        model.receive(frames.take());
        model.applyEarlierWork(earlier, Set.of("b"));
        assertThat(model.work().checklist()).extracting(ChecklistEntry::text).containsExactly("A");
        assertThat(model.work().tasks()).extracting(BackgroundTask::id).containsExactly("b");

        model.prepend(earlier, false);
        assertThat(model.work().checklist()).hasSize(1);
        frames.prompt("again");
        model.showLatest(frames.take(), true);
        assertThat(pages.earlierWork()).hasSize(1);
        assertThat(model.work().tasks()).hasSize(1);
    }

    @Test
    void nothingIsRequestedIfTheWholeConversationIsHeld() {
        model.showLatest(work(), false);
        assertThat(pages.earlierWork()).isEmpty();
        assertThat(model.work().tasks()).hasSize(1);
    }
}
