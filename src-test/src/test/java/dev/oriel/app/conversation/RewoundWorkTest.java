package dev.oriel.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.work.BackgroundTask;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The checklist and the tasks of a conversation that was rewound.
class RewoundWorkTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SampleFrames frames = new SampleFrames();
    private final RecordingPages pages = new RecordingPages();
    private final ConversationModel model =
            new ConversationModel(pages, new RecordingRetries(), () -> NOW);

    private void checklist(String id, String only) {
        frames.toolUse(
                "m",
                id,
                "TodoWrite",
                "{\"todos\":[{\"content\":\"%s\",\"status\":\"pending\"}]}".formatted(only));
    }

    private void task(String id) {
        frames.journaled(
                """
                {"type":"system","subtype":"task_started","task_id":"%s","description":"%s",\
                "is_backgrounded":true}
                """
                        .formatted(id, id));
    }

    private void rewound(long first, long last) {
        frames.journaled(
                """
                {"type":"system","subtype":"oriel_rewound","first":%d,"last":%d}
                """
                        .formatted(first, last));
    }

    private List<String> entries() {
        return model.work().checklist().stream().map(e -> e.shownText()).toList();
    }

    private List<String> tasks() {
        return model.work().tasks().stream().map(BackgroundTask::description).toList();
    }

    @Test
    void whatWasRewoundTellsNothingWhenTheConversationIsOpened() {
        checklist("a", "Kept");
        checklist("b", "Rewound");
        task("Rewound too");
        rewound(2, 3);

        model.showLatest(frames.take(), false);

        assertThat(entries()).containsExactly("Kept");
        assertThat(tasks()).isEmpty();
    }

    @Test
    void aRewindBringsBackTheChecklistOfThatMoment() {
        checklist("a", "Kept");
        task("Before");
        checklist("b", "Rewound");
        List<Message> page = new ArrayList<>(frames.take());
        model.showLatest(page, false);
        assertThat(entries()).containsExactly("Rewound");
        rewound(3, 3);
        List<Message> marker = frames.take();

        model.receive(marker);

        assertThat(tasks()).as("the agent with its tasks has exited").isEmpty();
        task("Of the next agent");
        model.receive(frames.take());
        page.addAll(marker);
        model.showLatest(page, false);
        assertThat(entries()).containsExactly("Kept");
        assertThat(tasks())
                .as("started after the page was read")
                .containsExactly("Of the next agent");
    }

    @Test
    void theChecklistMayBeBeforeTheLatestPage() {
        checklist("a", "Kept");
        List<Message> earlier = frames.take();
        frames.prompt("go on");
        checklist("b", "Rewound");
        List<Message> page = new ArrayList<>(frames.take());
        model.showLatest(page, true);
        rewound(3, 3);
        List<Message> marker = frames.take();
        model.receive(marker);
        page.addAll(marker);

        model.showLatest(page, true);

        assertThat(entries()).isEmpty();
        assertThat(pages.earlierWork()).containsExactly(2L, 2L);
        model.applyEarlierWork(earlier, Set.of());
        assertThat(entries()).containsExactly("Kept");
    }

    @Test
    void anOlderPageTellsNothingThatWasRewound() {
        checklist("a", "Kept");
        checklist("b", "Rewound");
        frames.prompt("go on");
        rewound(2, 3);
        frames.prompt("another way");
        List<Message> all = frames.take();
        model.showLatest(all.subList(3, 5), true);

        model.prepend(all.subList(0, 3), false);

        assertThat(entries()).containsExactly("Kept");
    }
}
