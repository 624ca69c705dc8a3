package dev.oriel.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private final ManualScheduler delay = new ManualScheduler();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private boolean listened = true;
    private final Announcer announcer = new Announcer(delay, () -> now, () -> listened);
    private final List<String> announced = new ArrayList<>();

    AnnouncerTest() {
        announcer.setChangeListener(() -> {
            Announcer spoken = announcer.focusItem();
            announced.add(
                    spoken == null
                            ? "silence"
                            : String.valueOf(
                                    spoken.queryAccessibleAttribute(AccessibleAttribute.TEXT)));
        });
    }

    private void pass(int millis) {
        now = now.plusMillis(millis);
        delay.advance(Duration.ofMillis(millis));
    }

    @Test
    void aSentenceIsTheFocusItemForAsLongAsItTakesToRead() {
        announcer.announce("Claude is done.");
        assertThat(announced).isEmpty();
        pass(300);
        assertThat(announced).containsExactly("Claude is done.");
        assertThat(announcer.getAccessibleRole()).isEqualTo(AccessibleRole.TEXT);
        assertThat(announcer.queryAccessibleAttribute(AccessibleAttribute.FOCUSED)).isEqualTo(true);

        pass(3_000);
        assertThat(announced).containsExactly("Claude is done.", "silence");
        assertThat(announcer.queryAccessibleAttribute(AccessibleAttribute.FOCUSED))
                .isEqualTo(false);
    }

    @Test
    void sentencesThatArriveTogetherAreJoinedWithoutRepetition() {
        announcer.announce("Offline.");
        announcer.announce("Queued.");
        announcer.announce("Offline.");
        pass(300);
        assertThat(announced).containsExactly("Queued. Offline.");
    }

    @Test
    void sentencesWaitWhileTheUserTypes() {
        announcer.onKeyPressed();
        announcer.announce("Claude is done.");
        pass(300);
        announcer.onKeyPressed();
        pass(1_400);
        assertThat(announced).isEmpty();
        pass(3_000);
        assertThat(announced).startsWith("Claude is done.");
    }

    @Test
    void aKeyEndsTheSentence() {
        announcer.announce("Claude is done.");
        pass(300);
        announcer.onKeyPressed();
        assertThat(announced).containsExactly("Claude is done.", "silence");
        pass(30_000);
        assertThat(announced).hasSize(2);
    }

    @Test
    void nothingIsAnnouncedWithoutAScreenReader() {
        listened = false;
        announcer.announce("Claude is done.");
        pass(10_000);
        assertThat(announced).isEmpty();
    }
}
