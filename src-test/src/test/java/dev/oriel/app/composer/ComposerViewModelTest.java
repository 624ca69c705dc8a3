package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposerViewModelTest {
    @TempDir Path folder;

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> trouble = new ArrayList<>();
    private final Room one = new Room("one");
    private final Room two = new Room("two");
    private Drafts drafts;
    private ComposerViewModel composer;

    /// A session that only writes down what is asked of it.
    private static final class Room implements ComposerTarget {
        final String key;
        final List<String> sent = new ArrayList<>();
        CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);
        CompletableFuture<Void> stopping = new CompletableFuture<>();
        boolean stillWaiting = true;
        final List<String> older = new ArrayList<>();
        int wentOn;

        Room(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }

        @Override
        public CompletableFuture<Void> send(String text) {
            sent.add(text);
            return sending;
        }

        @Override
        public CompletableFuture<Void> stop() {
            return stopping;
        }

        @Override
        public CompletableFuture<Void> goOn() {
            wentOn++;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Boolean> olderHistory() {
            boolean any = !older.isEmpty();
            sent.addAll(0, older);
            older.clear();
            return CompletableFuture.completedFuture(any);
        }

        @Override
        public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
            return CompletableFuture.completedFuture(stillWaiting);
        }

        @Override
        public List<String> history() {
            return List.copyOf(sent);
        }
    }

    @BeforeEach
    void open() {
        drafts = new Drafts(folder, writer, Duration.ofMinutes(1));
        composer = new ComposerViewModel(drafts, Runnable::run, Clock.systemUTC(), trouble::add);
        composer.attach(one);
        composer.online(true);
    }

    @AfterEach
    void end() {
        writer.shutdownNow();
    }

    @Test
    void keepsADraftPerSessionAlsoOverTheEndOfTheWindow() {
        composer.text().set("half a thought");
        composer.attach(two);
        assertThat(composer.text().get()).isEmpty();
        composer.text().set("another");
        composer.attach(one);
        assertThat(composer.text().get()).isEqualTo("half a thought");

        drafts.flush();
        Drafts next = new Drafts(folder, writer, Duration.ofMinutes(1));
        assertThat(next.read("one")).isEqualTo("half a thought");
        assertThat(next.read("two")).isEqualTo("another");
    }

    @Test
    void sendsAndForgetsTheDraftButNothingBlank() {
        composer.text().set("  \n ");
        composer.send();
        composer.text().set("hello");
        composer.send();
        assertThat(one.sent).containsExactly("hello");
        assertThat(composer.text().get()).isEmpty();
        drafts.flush();
        assertThat(drafts.read("one")).isEmpty();
    }

    @Test
    void givesTheTextBackWhenItCouldNotBeKept() {
        one.sending = new CompletableFuture<>();
        composer.text().set("precious");
        composer.send();
        composer.text().set("more");
        one.sending.completeExceptionally(new IllegalStateException("The disk is full."));
        assertThat(composer.text().get()).isEqualTo("precious\n\nmore");
        assertThat(trouble).containsExactly("The disk is full.");
    }

    @Test
    void givesTheTextBackToItsOwnSessionEvenAfterASwitch() {
        one.sending = new CompletableFuture<>();
        composer.text().set("precious");
        composer.send();
        composer.attach(two);
        one.sending.completeExceptionally(new IllegalStateException("no"));
        assertThat(composer.text().get()).isEmpty();
        composer.attach(one);
        assertThat(composer.text().get()).isEqualTo("precious");
    }

    @Test
    void stopsInStepsEachProved() {
        assertThat(composer.stop()).isFalse();
        composer.busy(true);
        assertThat(composer.stop()).isTrue();
        assertThat(composer.turn().get())
                .isInstanceOfSatisfying(
                        Turn.Stopping.class, s -> assertThat(s.confirmed()).isFalse());
        one.stopping.complete(null);
        assertThat(composer.turn().get())
                .isInstanceOfSatisfying(
                        Turn.Stopping.class, s -> assertThat(s.confirmed()).isTrue());
        composer.busy(false);
        assertThat(composer.turn().get()).isInstanceOf(Turn.Stopped.class);
        composer.busy(true);
        assertThat(composer.turn().get()).isInstanceOf(Turn.Running.class);
    }

    @Test
    void runsOnWhenItCouldNotBeStopped() {
        composer.busy(true);
        composer.stop();
        one.stopping.completeExceptionally(new IllegalStateException("no answer"));
        assertThat(composer.turn().get()).isInstanceOf(Turn.Running.class);
        assertThat(trouble).singleElement().asString().contains("no answer");
    }

    @Test
    void takesAQueuedPromptBackIntoTheFieldOnlyIfItStillWaits() {
        QueuedPrompt prompt = new QueuedPrompt("u", "later", true);
        composer.text().set("now");
        List<String> done = new ArrayList<>();
        composer.edit(prompt, () -> done.add(composer.text().get()));
        assertThat(composer.text().get()).isEqualTo("later\n\nnow");
        one.stillWaiting = false;
        composer.edit(prompt, () -> done.add("again"));
        assertThat(done).containsExactly("later\n\nnow");
        assertThat(composer.text().get()).isEqualTo("later\n\nnow");
        assertThat(trouble).hasSize(1);
    }

    @Test
    void recallsWhatWasSentFromAnEmptyFieldOnly() {
        one.sent.addAll(List.of("first", "second"));
        assertThat(composer.recall(() -> {})).isTrue();
        assertThat(composer.text().get()).isEqualTo("second");
        assertThat(composer.recall(() -> {})).isTrue();
        assertThat(composer.recall(() -> {})).isFalse();
        assertThat(composer.text().get()).isEqualTo("first");
        composer.text().set("first, changed");
        assertThat(composer.recall(() -> {})).isFalse();
    }

    @Test
    void looksForOlderPromptsWhereNoneIsKnownAnyMore() {
        one.sent.add("second");
        one.older.add("first");
        List<String> recalled = new ArrayList<>();
        Runnable then = () -> recalled.add(composer.text().get());
        composer.recall(then);
        composer.recall(then);
        composer.recall(then);
        assertThat(recalled).containsExactly("second", "first");
        assertThat(composer.text().get()).isEqualTo("first");
    }

    @Test
    void aHeldQueueSaysSoUntilTheUserGoesOn() {
        QueuedPrompt prompt = new QueuedPrompt("u", "later", true);
        composer.queued(List.of(prompt), true);
        assertThat(composer.held().get()).isTrue();
        assertThat(composer.hint().get()).contains("goes on");
        composer.goOn();
        assertThat(one.wentOn).isEqualTo(1);
        composer.queued(List.of(), true);
        assertThat(composer.held().get()).isFalse();
    }

    @Test
    void saysWhatEnterDoesRightNow() {
        assertThat(composer.hint().get()).contains("Enter sends");
        composer.busy(true);
        assertThat(composer.hint().get()).contains("queues");
        composer.online(false);
        assertThat(composer.hint().get()).contains("until the connection is back");
        composer.online(true);
        composer.busy(false);
        composer.sendKey(SendKey.CTRL_ENTER);
        assertThat(composer.hint().get()).contains("Ctrl+Enter sends");
    }
}
