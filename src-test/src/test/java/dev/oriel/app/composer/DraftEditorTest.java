package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftEditorTest {
    @TempDir Path folder;

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private DraftStore drafts;
    private DraftEditor editor;

    @BeforeEach
    void open() {
        drafts = DraftStore.open(folder, writer, Duration.ofHours(1));
        editor = new DraftEditor(drafts);
    }

    @AfterEach
    void close() {
        writer.shutdownNow();
    }

    @Test
    void eachPageHasItsOwnDraft() {
        editor.open("a");
        editor.text().set("for a");
        editor.open("b");
        assertThat(editor.text().get()).isEmpty();
        editor.text().set("for b");
        editor.open("a");
        assertThat(editor.text().get()).isEqualTo("for a");
        assertThat(drafts.get("b")).isEqualTo("for b");
    }

    @Test
    void openingAPageChangesNoDraft() {
        drafts.save("a", "for a");
        drafts.save("b", "for b");
        editor.open("a");
        editor.open("b");
        editor.open(null);
        editor.text().set("lost");
        editor.open("c");
        assertThat(drafts.get("a")).isEqualTo("for a");
        assertThat(drafts.get("b")).isEqualTo("for b");
        assertThat(drafts.get("c")).isEmpty();
    }

    @Test
    void aPromptThatWasNotSentIsPutBeforeTheDraft() {
        editor.open("a");
        editor.restore("a", "prompt");
        assertThat(editor.text().get()).isEqualTo("prompt");
        editor.restore("a", "earlier");
        assertThat(editor.text().get()).isEqualTo("earlier\n\nprompt");
        assertThat(drafts.get("a")).isEqualTo("earlier\n\nprompt");
    }

    @Test
    void aPromptOfAPageThatIsNotOpenIsPutIntoItsDraft() {
        drafts.save("a", "draft");
        editor.open("b");
        editor.text().set("mine");
        editor.restore("a", "prompt");
        assertThat(editor.text().get()).isEqualTo("mine");
        assertThat(drafts.get("a")).isEqualTo("prompt\n\ndraft");
        editor.open(null);
        editor.restore("b", "prompt");
        assertThat(drafts.get("b")).isEqualTo("prompt\n\nmine");
    }

    @Test
    void aBlankDraftIsReplaced() {
        editor.open("a");
        editor.text().set(" \n");
        editor.restore("a", "prompt");
        assertThat(editor.text().get()).isEqualTo("prompt");
    }
}
