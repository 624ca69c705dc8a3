package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.app.media.MediaLoader.Outcome;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.ManualScheduler;
import dev.oriel.testing.media.SampleImages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The order and the end of requests. The images are of a format that is refused, so that nothing
/// is decoded.
class MediaLoaderTest {
    private final List<String> asked = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final Map<String, CompletableFuture<Optional<Message>>> replies = new HashMap<>();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final AtomicLong now = new AtomicLong();
    private final MediaLoader loader =
            new MediaLoader(
                    Runnable::run,
                    Runnable::run,
                    new IdleCollection(new ManualScheduler(), Runnable::run, () -> {}),
                    scheduler,
                    now::get);

    private void open(String conversation) {
        loader.open(seq -> {
            String message = conversation + seq;
            asked.add(message);
            return replies.computeIfAbsent(message, _ -> new CompletableFuture<>());
        });
    }

    private Runnable request(long seq, String name) {
        return loader.request(
                new MediaPlace(seq, 0),
                100,
                100,
                outcome ->
                        outcomes.add(
                                name
                                        + (outcome instanceof Outcome.Failed(String reason)
                                                ? ": " + reason
                                                : "")));
    }

    private void reply(String message) throws Exception {
        String json =
                "{\"type\":\"user\",\"message\":{\"content\":["
                        + SampleImages.block("image/webp", SampleImages.webp(30, 30))
                        + "]}}";
        pending(message).complete(Optional.of(Message.parse(json)));
    }

    private CompletableFuture<Optional<Message>> pending(String message) {
        return Objects.requireNonNull(replies.get(message));
    }

    @Test
    void theMessageThatWasRequestedLastIsLoadedFirstAndOneAtATime() throws Exception {
        open("a");
        request(1, "first");
        request(2, "second");
        request(3, "third");
        assertThat(asked).containsExactly("a1");
        reply("a1");
        reply("a3");
        reply("a2");
        assertThat(asked).containsExactly("a1", "a3", "a2");
        assertThat(outcomes)
                .extracting(o -> o.substring(0, o.indexOf(':')))
                .containsExactly("first", "third", "second");
        assertThat(outcomes).allMatch(o -> o.contains("WEBP"));
    }

    @Test
    void whatArrivesForAnotherConversationIsDropped() throws Exception {
        open("a");
        request(1, "of a");
        open("b");
        request(1, "of b");
        reply("a1");
        assertThat(outcomes).isEmpty();
        request(2, "second of b");
        assertThat(asked).containsExactly("a1", "b1");
        reply("b1");
        assertThat(outcomes).singleElement().asString().startsWith("of b");
        assertThat(asked).containsExactly("a1", "b1", "b2");
    }

    @Test
    void aCancelledRequestHasNoOutcome() throws Exception {
        open("a");
        Runnable first = request(1, "first");
        Runnable second = request(2, "second");
        first.run();
        second.run();
        reply("a1");
        assertThat(asked).containsExactly("a1");
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aMessageThatCannotBeFoundIsAnOutcomeAndTheNextIsLoaded() {
        open("a");
        request(1, "first");
        request(2, "second");
        pending("a1").completeExceptionally(new IllegalStateException("offline"));
        pending("a2").complete(Optional.empty());
        assertThat(outcomes)
                .containsExactly(
                        "first: The image could not be loaded.",
                        "second: The image could not be loaded.");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        scheduler.advance(time);
    }

    @Test
    void anImageThatIsScrolledPastIsNotLoaded() {
        open("a");
        request(1, "first");
        pass(Duration.ofMillis(70));
        Runnable second = request(2, "second");
        pass(Duration.ofMillis(180));
        second.run();
        pass(Duration.ofSeconds(1));
        pending("a1").complete(Optional.empty());
        assertThat(asked).containsExactly("a1");
    }

    @Test
    void anImageThatStaysInSightAfterQuickScrollingIsLoaded() {
        open("a");
        request(1, "first");
        pass(Duration.ofMillis(70));
        request(2, "second");
        pending("a1").complete(Optional.empty());
        assertThat(asked).containsExactly("a1");
        pass(RequestPace.HOLD);
        assertThat(asked).containsExactly("a1", "a2");
    }

    @Test
    void anImageOfAConversationThatWasLeftIsNotLoadedLater() {
        open("a");
        request(1, "first");
        pass(Duration.ofMillis(70));
        request(2, "second");
        open("b");
        pass(Duration.ofSeconds(1));
        assertThat(asked).containsExactly("a1");
    }
}
