package dev.oriel.app.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;

/// Loads the bytes of attachments from the journal, and decodes images: one message at a time, the
/// one that was requested last first, off the JavaFX thread. Images of one message are decoded
/// together.
///
/// Belongs to the JavaFX thread.
public final class MediaLoader {
    private final Executor fx;
    private final Executor background;
    private final IdleCollection garbage;
    private final Scheduler scheduler;
    private final RequestPace pace;
    private final ImageCache cache = new ImageCache();
    private final Deque<ImageRequest> waiting = new ArrayDeque<>();
    private @Nullable LongFunction<CompletableFuture<Optional<Message>>> messages;

    /// Incremented whenever another conversation is shown.
    private int generation;

    private boolean loading;

    /// @param background runs one task at a time
    /// @param scheduler loads later what is scrolled past
    public MediaLoader(
            Executor fx, Executor background, IdleCollection garbage, Scheduler scheduler) {
        this(fx, background, garbage, scheduler, System::nanoTime);
    }

    /// @param nanoTime tells when images are requested
    MediaLoader(
            Executor fx,
            Executor background,
            IdleCollection garbage,
            Scheduler scheduler,
            LongSupplier nanoTime) {
        this.fx = fx;
        this.background = background;
        this.garbage = garbage;
        this.scheduler = scheduler;
        this.pace = new RequestPace(nanoTime);
    }

    /// The outcome of a request.
    public sealed interface Outcome {
        record Decoded(Image image) implements Outcome {}

        /// @param reason a sentence for the user
        record Failed(String reason) implements Outcome {}
    }

    /// Receives the outcome of a request, on the JavaFX thread.
    @FunctionalInterface
    public interface Receiver {
        void onOutcome(Outcome outcome);
    }

    /// Turns to another conversation, and forgets the images of the one before.
    ///
    /// @param finder finds messages by their `seq`; null for no conversation
    public void open(@Nullable LongFunction<CompletableFuture<Optional<Message>>> finder) {
        messages = finder;
        generation++;
        loading = false;
        waiting.clear();
        cache.clear();
    }

    /// A decoded image if there is one in the cache; null otherwise.
    public @Nullable Image find(MediaPlace place, int width, int height) {
        return cache.find(new ImageCache.Key(place, width, height));
    }

    /// Requests an image. One that is requested soon after another is loaded later, if the request
    /// was not cancelled by then ([RequestPace]).
    ///
    /// @param width the greatest width, pixels of the screen
    /// @param height the greatest height, pixels of the screen
    /// @return cancels the request unless it was fulfilled
    public Runnable request(MediaPlace place, int width, int height, Receiver receiver) {
        ImageRequest request =
                new ImageRequest(new ImageCache.Key(place, width, height), receiver, generation);
        Duration delay = pace.next();
        Runnable cancelDelay = () -> {};
        if (delay.isZero()) {
            add(request);
        } else {
            cancelDelay = scheduler.schedule(delay, () -> addLater(request));
        }
        Runnable timer = cancelDelay;
        return () -> {
            timer.run();
            request.cancelled = true;
            waiting.remove(request);
        };
    }

    private void addLater(ImageRequest request) {
        if (request.generation == generation) {
            add(request);
        }
    }

    private void add(ImageRequest request) {
        waiting.addFirst(request);
        next();
    }

    private void next() {
        LongFunction<CompletableFuture<Optional<Message>>> finder = messages;
        if (loading || finder == null || waiting.isEmpty()) {
            return;
        }
        long seq = waiting.getFirst().key.place().seq();
        List<ImageRequest> batch = new ArrayList<>();
        waiting.removeIf(r -> r.key.place().seq() == seq && batch.add(r));
        loading = true;
        int own = generation;
        finder.apply(seq)
                .handleAsync(
                        (message, _) -> decode(message == null ? Optional.empty() : message, batch),
                        background)
                .whenCompleteAsync(
                        (outcomes, bug) -> finish(own, batch, bug == null ? outcomes : List.of()),
                        fx);
    }

    private static List<Outcome> decode(Optional<Message> message, List<ImageRequest> batch) {
        List<JsonNode> blocks = message.map(m -> MediaBlocks.in(m.tree())).orElse(List.of());
        List<Outcome> outcomes = new ArrayList<>();
        for (ImageRequest request : batch) {
            outcomes.add(request.cancelled ? new Outcome.Failed("") : decode(blocks, request.key));
        }
        return outcomes;
    }

    private static Outcome decode(List<JsonNode> blocks, ImageCache.Key key) {
        if (key.place().index() >= blocks.size()) {
            return new Outcome.Failed("The image could not be loaded.");
        }
        try {
            byte[] bytes = MediaBlocks.content(blocks.get(key.place().index()));
            return new Outcome.Decoded(ImageDecoder.decode(bytes, key.width(), key.height()));
        } catch (UndecodableImageException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    private void finish(int ofGeneration, List<ImageRequest> batch, List<Outcome> outcomes) {
        if (ofGeneration != generation) {
            return;
        }
        loading = false;
        for (int i = 0; i < batch.size(); i++) {
            ImageRequest request = batch.get(i);
            Outcome outcome =
                    i < outcomes.size()
                            ? outcomes.get(i)
                            : new Outcome.Failed("The image could not be decoded.");
            if (outcome instanceof Outcome.Decoded(Image image)) {
                cache.put(request.key, image);
                garbage.onDecoded(ImageCache.size(image));
            }
            if (!request.cancelled) {
                request.receiver.onOutcome(outcome);
            }
        }
        next();
    }

    /// Loads the bytes of an attachment.
    ///
    /// @return completes on a background thread; empty if they are not there
    public CompletableFuture<byte[]> load(Attachment attachment) {
        LongFunction<CompletableFuture<Optional<Message>>> finder = messages;
        if (finder == null || !attachment.hasContent()) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
        int index = attachment.place().index();
        return finder.apply(attachment.place().seq())
                .thenApplyAsync(
                        message -> {
                            List<JsonNode> blocks =
                                    message.map(m -> MediaBlocks.in(m.tree())).orElse(List.of());
                            return index < blocks.size()
                                    ? MediaBlocks.content(blocks.get(index))
                                    : new byte[0];
                        },
                        background);
    }

    private static final class ImageRequest {
        private final ImageCache.Key key;
        private final Receiver receiver;
        private final int generation;

        /// Written on the JavaFX thread, read by the background.
        private volatile boolean cancelled;

        ImageRequest(ImageCache.Key key, Receiver receiver, int generation) {
            this.key = key;
            this.receiver = receiver;
            this.generation = generation;
        }
    }
}
