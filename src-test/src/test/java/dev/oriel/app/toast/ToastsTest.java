package dev.oriel.app.toast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.ManualScheduler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToastsTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Toasts toasts = new Toasts(scheduler);

    private List<String> texts() {
        return toasts.all().stream().map(Toasts.Toast::text).toList();
    }

    @Test
    void aMessageDisappearsAndAnErrorStays() {
        toasts.info("Copied.");
        toasts.error("The disk is full.");
        scheduler.advance(Duration.ofSeconds(6));
        assertThat(texts()).containsExactly("The disk is full.");
    }

    @Test
    void anErrorIsDismissed() {
        toasts.error("The disk is full.");
        toasts.dismiss(toasts.all().getFirst());
        assertThat(texts()).isEmpty();
    }

    @Test
    void aTextIsShownOnceAndOnlyTheLastFour() {
        List.of("1", "2", "3", "4", "1", "5").forEach(toasts::error);
        assertThat(texts()).containsExactly("3", "4", "1", "5");
    }

    @Test
    void informationThatIsRepeatedStaysForItsWholeTime() {
        toasts.info("Copied.");
        scheduler.advance(Duration.ofSeconds(5));
        toasts.info("Copied.");
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(texts()).containsExactly("Copied.");
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(texts()).isEmpty();
    }

    @Test
    void anErrorWithTheTextOfAnInformationStays() {
        toasts.info("No space left.");
        toasts.error("No space left.");
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(toasts.all())
                .containsExactly(new Toasts.Toast(Toasts.Level.ERROR, "No space left."));
    }
}
