package dev.oriel.app.asks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskDraftsTest {
    private final AskDrafts drafts = new AskDrafts();

    @Test
    void aDraftIsKeptForItsSessionAndRequest() {
        drafts.of("s1", "r1").setReason("later");

        assertThat(drafts.of("s1", "r1").reason()).isEqualTo("later");
        assertThat(drafts.of("s1", "r2").reason()).isEmpty();
        assertThat(drafts.of("s2", "r1").reason()).isEmpty();
        drafts.remove("s1", "r1");
        assertThat(drafts.of("s1", "r1").reason()).isEmpty();
    }

    @Test
    void theOldestDraftIsDroppedWhenThereAreTooMany() {
        drafts.of("s", "first").setReason("later");
        for (int i = 0; i < 200; i++) {
            drafts.of("s", "r" + i);
        }

        assertThat(drafts.of("s", "first").reason()).isEmpty();
    }

    @Test
    void aDraftHasTextOnceSomethingIsEntered() {
        AskDraft draft = new AskDraft();
        AskDraft.Choice choice = new AskDraft.Choice(0, 1);
        draft.choose(choice, true);
        assertThat(draft.isChosen(choice)).isTrue();
        assertThat(draft.hasText()).isFalse();
        draft.choose(choice, false);
        assertThat(draft.isChosen(choice)).isFalse();

        draft.setText(0, "words");
        assertThat(draft.text(0, "initial")).isEqualTo("words");
        assertThat(draft.text(1, "initial")).isEqualTo("initial");
        assertThat(draft.hasText()).isTrue();
    }
}
