package dev.oriel.app.asks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskDraftsTest {
    private final AskDrafts drafts = AskDrafts.inMemory();

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
        AskDraft draft = new AskDraft(() -> {});
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

    private static AskDrafts stored(Map<String, String> files) {
        return new AskDrafts(k -> files.getOrDefault(k, ""), files::put);
    }

    @Test
    void commentsReasonsAndChangesSurviveTheWindow() {
        Map<String, String> files = new HashMap<>();
        AskDraft draft = stored(files).of("s", "r");
        draft.addComment(new PlanComment("1. Paint", "Blue \"please\"."));
        draft.setReason("Too large");
        draft.setChange(3, "text");

        AskDrafts later = stored(files);
        assertThat(later.of("t", "r").isStored()).isFalse();
        assertThat(later.of("s", "other").isStored()).isFalse();
        AskDraft again = later.of("s", "r");
        assertThat(again.comments())
                .containsExactly(new PlanComment("1. Paint", "Blue \"please\"."));
        assertThat(again.reason()).isEqualTo("Too large");
        assertThat(again.changes()).isEqualTo(Map.of(3, "text"));
        later.remove("s", "r");
        assertThat(files.get("asks-s")).isEmpty();
    }

    @Test
    void answersToFormsAreNotStored() {
        Map<String, String> files = new HashMap<>();
        AskDraft draft = stored(files).of("s", "r");
        draft.setText(0, "sk-secret");
        draft.setReason("a");
        assertThat(files.values()).noneMatch(v -> v.contains("sk-secret"));
    }

    @Test
    void draftsOfAsksThatAreGoneAreHandedBack() {
        Map<String, String> files = new HashMap<>();
        AskDrafts first = stored(files);
        first.of("s", "gone").setReason("a");
        first.of("s", "open").setReason("b");
        first.of("t", "gone").setReason("c");

        AskDrafts later = stored(files);
        assertThat(later.retain("s", Set.of("open")))
                .extracting(AskDraft::reason)
                .containsExactly("a");
        assertThat(later.retain("s", Set.of("open"))).isEmpty();
        assertThat(stored(files).of("t", "gone").reason()).isEqualTo("c");
        later.delete("t");
        assertThat(files.get("asks-t")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "{\"r\":5}", "{\"r\":{\"changes\":{\"x\":1}}}"})
    void aDamagedFileIsIgnored(String stored) {
        Map<String, String> files = new HashMap<>(Map.of("asks-s", stored));
        assertThat(stored(files).of("s", "r").isStored()).isFalse();
    }
}
